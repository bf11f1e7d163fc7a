import com.sun.grizzly.arp.DefaultAsyncHandler;
import com.sun.grizzly.http.SelectorThread;
import com.sun.grizzly.tcp.Request;
import com.sun.grizzly.tcp.StaticResourcesAdapter;
import com.sun.grizzly.websockets.WebSocket;
import com.sun.grizzly.websockets.WebSocketApplication;
import com.sun.grizzly.websockets.WebSocketAsyncFilter;
import com.sun.grizzly.websockets.WebSocketEngine;
import java.net.InetAddress;

/** An echo server on Grizzly 1.9, to be judged: java EchoServer PORT */
public class EchoServer {
    static class Echo extends WebSocketApplication {
        public boolean isApplicationRequest(Request request) {
            return true;
        }

        public void onMessage(WebSocket socket, String text) {
            socket.send(text);
        }

        public void onMessage(WebSocket socket, byte[] bytes) {
            socket.send(bytes);
        }

        // Messages that come in fragments are given out in fragments, and sent back so: there is no other way to send.
        public void onFragment(WebSocket socket, boolean last, byte[] fragment) {
            socket.stream(last, fragment, 0, fragment.length);
        }
    }

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        WebSocketEngine.getEngine().register(new Echo());
        DefaultAsyncHandler handler = new DefaultAsyncHandler();
        handler.addAsyncFilter(new WebSocketAsyncFilter());
        SelectorThread server = new SelectorThread();
        server.setAddress(InetAddress.getByName("127.0.0.1"));
        server.setPort(port);
        server.setDisplayConfiguration(false);
        server.setAdapter(new StaticResourcesAdapter());
        server.setAsyncHandler(handler);
        server.setEnableAsyncExecution(true);
        server.listen();
        System.out.println("listening ws://127.0.0.1:" + port + "/");
        Thread.currentThread().join();
    }
}

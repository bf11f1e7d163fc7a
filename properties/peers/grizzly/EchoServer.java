import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.websockets.WebSocket;
import org.glassfish.grizzly.websockets.WebSocketAddOn;
import org.glassfish.grizzly.websockets.WebSocketApplication;
import org.glassfish.grizzly.websockets.WebSocketEngine;

/** An echo server on Grizzly, to be judged: java EchoServer PORT */
public class EchoServer {
    static class Echo extends WebSocketApplication {
        public boolean isApplicationRequest(HttpRequestPacket request) {
            return true;
        }

        public void onMessage(WebSocket socket, String text) {
            socket.send(text);
        }

        public void onMessage(WebSocket socket, byte[] bytes) {
            socket.send(bytes);
        }

        // Messages that come in fragments are given out in fragments, and sent back so.
        public void onFragment(WebSocket socket, String fragment, boolean last) {
            socket.stream(last, fragment);
        }

        public void onFragment(WebSocket socket, byte[] fragment, boolean last) {
            socket.stream(last, fragment, 0, fragment.length);
        }
    }

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        HttpServer server = new HttpServer();
        NetworkListener listener = new NetworkListener("echo", "127.0.0.1", port);
        listener.registerAddOn(new WebSocketAddOn());
        server.addListener(listener);
        WebSocketEngine.getEngine().register(new Echo());
        server.start();
        System.out.println("listening ws://127.0.0.1:" + port + "/");
        Thread.currentThread().join();
    }
}

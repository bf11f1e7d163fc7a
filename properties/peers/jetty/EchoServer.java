import java.io.IOException;
import javax.servlet.http.HttpServletRequest;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.nio.SelectChannelConnector;
import org.eclipse.jetty.websocket.WebSocket;
import org.eclipse.jetty.websocket.WebSocketHandler;

/** An echo server on Jetty, to be judged: java EchoServer PORT */
public class EchoServer {
    static class Echo implements WebSocket.OnTextMessage, WebSocket.OnBinaryMessage {
        private Connection connection;

        public void onOpen(Connection connection) {
            this.connection = connection;
            connection.setMaxTextMessageSize(MAX_MESSAGE);
            connection.setMaxBinaryMessageSize(MAX_MESSAGE);
        }

        public void onMessage(String text) {
            try {
                connection.sendMessage(text);
            } catch (IOException error) {
                System.err.println(error);
            }
        }

        public void onMessage(byte[] bytes, int offset, int length) {
            try {
                connection.sendMessage(bytes, offset, length);
            } catch (IOException error) {
                System.err.println(error);
            }
        }

        public void onClose(int code, String reason) {}
    }

    static final int MAX_MESSAGE = 1024 * 1024;

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        Server server = new Server();
        SelectChannelConnector connector = new SelectChannelConnector();
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.setConnectors(new Connector[] {connector});
        WebSocketHandler handler = new WebSocketHandler() {
            public WebSocket doWebSocketConnect(HttpServletRequest request, String protocol) {
                return new Echo();
            }
        };
        // A frame has to fit into one buffer of Jetty's, which has 64 KiB unless it is told otherwise.
        handler.setBufferSize(MAX_MESSAGE);
        server.setHandler(handler);
        server.start();
        System.out.println("listening ws://127.0.0.1:" + port + "/");
    }
}

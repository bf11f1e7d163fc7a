import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.websockets.DataFrame;
import org.glassfish.grizzly.websockets.Version;
import org.glassfish.grizzly.websockets.WebSocket;
import org.glassfish.grizzly.websockets.WebSocketAdapter;
import org.glassfish.grizzly.websockets.WebSocketClient;

/** Echo clients on Grizzly, to be judged: one for each URL that is read on standard input. */
public class EchoClient extends WebSocketClient {
    static class Echo extends WebSocketAdapter {
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

    /** Seconds after which a client gives its threads back; no conversation lasts so long. */
    static final int PATIENCE = 20;

    /*
     * Until connect() has returned Grizzly has no connection to write answers to, but gives out what comes. Without
     * this wait it would be left to chance which Pongs and messages are answered.
     */
    private final CountDownLatch ready = new CountDownLatch(1);

    EchoClient(String url) {
        super(url, Version.DRAFT06, new Echo());
    }

    private void awaitReady() {
        try {
            ready.await(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
        }
    }

    public void onMessage(String text) {
        awaitReady();
        super.onMessage(text);
    }

    public void onMessage(byte[] bytes) {
        awaitReady();
        super.onMessage(bytes);
    }

    public void onFragment(boolean last, String fragment) {
        awaitReady();
        super.onFragment(last, fragment);
    }

    public void onFragment(boolean last, byte[] fragment) {
        awaitReady();
        super.onFragment(last, fragment);
    }

    public void onPing(DataFrame frame) {
        awaitReady();
        super.onPing(frame);
    }

    public void onClose(DataFrame frame) {
        awaitReady();
        super.onClose(frame);
    }

    void end() {
        try {
            transport.stop();
        } catch (Exception error) {
            System.err.println(error);
        }
    }

    public static void main(String[] args) throws Exception {
        ScheduledExecutorService later = Executors.newScheduledThreadPool(1);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            final String url = line;
            Thread thread = new Thread(() -> {
                EchoClient client = new EchoClient(url);
                later.schedule(client::end, PATIENCE, TimeUnit.SECONDS);
                try {
                    client.connect(PATIENCE, TimeUnit.SECONDS);
                } catch (RuntimeException error) {
                    System.err.println(error);
                } finally {
                    client.ready.countDown();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
        System.exit(0);
    }
}

# An echo server on em-websocket, to be judged: ruby echo.rb PORT
require 'em-websocket'

port = Integer(ARGV.fetch(0, '8080'))
EM.run do
  EM::WebSocket.run(host: '127.0.0.1', port: port) do |ws|
    ws.onmessage { |message| ws.send_text(message) }
    ws.onbinary { |message| ws.send_binary(message) }
    # Without this the first client that breaks a rule ends the whole program.
    ws.onerror { |error| warn(error.message) }
  end
  puts "listening ws://127.0.0.1:#{port}/"
  $stdout.flush
end

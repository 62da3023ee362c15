package dev.ronde.testing.services;

import java.nio.file.Path;
import java.util.List;

/**
 * NFS Ganesha, a server of NFS 3 that no kernel has to bring. It registers at rpcbind, whose port is always 111: both live in namespaces
 * of their own, with one way out for the mount service, so that the machine's own are left alone. Only root may make those.
 */
record NfsServer(int port, ServiceProcess server, ServiceProcess wayOut) implements Service {
    private static final int NFS = 2049;
    private static final int MOUNT = 20_048;

    /** Starts it with one export for each list of clients; {@code *} is everybody. */
    static Service exportingTo(String... clients) {
        Path folder = ServiceProcess.folder();
        StringBuilder conf = new StringBuilder("""
                NFS_CORE_PARAM {
                  Protocols = 3; NFS_Port = %d; MNT_Port = %d;
                  Enable_NLM = false; Enable_RQUOTA = false; Enable_UDP = false; allow_set_io_flusher_fail = true;
                }
                """.formatted(NFS, MOUNT));
        for (int i = 1; i <= clients.length; i++) {
            conf.append("EXPORT { Export_Id = %1$d; Path = /e%1$d; Pseudo = /e%1$d; Protocols = 3; FSAL { Name = MEM; }"
                    .formatted(i));
            conf.append(" Access_Type = None; CLIENT { Clients = %s; Access_Type = RO; Protocols = 3; } }\n"
                    .formatted(clients[i - 1]));
        }
        Services.write(folder.resolve("ganesha.conf"), conf.toString());
        Services.write(folder.resolve("start"), """
                ip link set lo up
                mount -t tmpfs none /run
                rpcbind -f &
                until [ -S /run/rpcbind.sock ]; do sleep 0.05; done
                ganesha.nfsd -F -f ganesha.conf -L ganesha.log -p /run/ganesha.pid -N EVENT &
                until grep -q 'NFS SERVER INITIALIZED' ganesha.log; do sleep 0.05; done
                echo exports are told
                exec socat UNIX-LISTEN:mount.sock,fork TCP4:127.0.0.1:%d
                """.formatted(MOUNT));
        ServiceProcess server = ServiceProcess.start(
                        folder,
                        "ganesha.nfsd",
                        List.of("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "sh", "start"))
                .awaitText("exports are told");
        int port = ServiceProcess.freePort();
        ServiceProcess wayOut = ServiceProcess.start(
                        ServiceProcess.folder(),
                        List.of(
                                "socat",
                                "TCP4-LISTEN:" + port + ",bind=127.0.0.1,fork",
                                "UNIX-CONNECT:" + folder + "/mount.sock"))
                .awaitPort(port);
        return new NfsServer(port, server, wayOut);
    }

    @Override
    public String program() {
        return server.program();
    }

    @Override
    public void close() {
        wayOut.close();
        // unshare does not listen to a request to end; with it all ends that it holds
        server.process().destroyForcibly();
        server.close();
    }
}

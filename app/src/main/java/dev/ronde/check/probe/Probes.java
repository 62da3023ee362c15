package dev.ronde.check.probe;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Every probe that sends packets, set up from the operator's settings. */
public final class Probes implements AutoCloseable {
    public static final List<String> TYPES =
            conversations().keySet().stream().sorted().toList();

    private final SystemResolver resolver;
    private final ProbePolicy policy;
    private final List<Probe> all;
    private final ExecutorService lookups;
    private final TargetLimits limits;

    private Probes(
            SystemResolver resolver,
            ProbePolicy policy,
            List<Probe> all,
            ExecutorService lookups,
            TargetLimits limits) {
        this.resolver = resolver;
        this.policy = policy;
        this.lookups = lookups;
        this.limits = limits;
        this.all = List.copyOf(all);
    }

    /**
     * Sets the probes up.
     *
     * @param listening TCP ports this program itself listens on, which are never probed
     * @throws SettingsException naming the setting that is wrong and the accepted form
     */
    public static Probes start(Settings settings, InstantSource clock, Set<Integer> listening) {
        AllowList allow = checked(Setting.PROBE_ALLOW, () -> allowList(settings));
        List<HostPort> canaries = checked(Setting.PROBE_CANARY, () -> canaries(settings));
        String zone = settings.oneOf(Setting.PROBE_VANTAGE, "internal", "external");
        String agent = "Ronde/1 (+" + settings.baseUrl() + ")";
        LongSupplier nanos = System::nanoTime;
        SystemResolver resolver = SystemResolver.start();
        ProbePolicy policy = policy(settings, allow, resolver, listening);
        VantageCanary proof = new VantageCanary(canaries, resolver, policy, nanos);
        int atOnce = settings.integer(Setting.PROBE_CONCURRENCY);
        ExecutorService lookups = Executors.newFixedThreadPool(atOnce, task -> new ProbeThread(task, "probe-lookup"));
        return new Probes(
                resolver,
                policy,
                on(new ProbeNetwork(policy, proof, zone, clock, nanos, agent)),
                lookups,
                new TargetLimits(clock, atOnce, TargetLimits.SPACING, new NameBook(clock, resolver, lookups)));
    }

    /**
     * Reads what {@link #start} will need, before anything is made in the home.
     *
     * @throws SettingsException naming the setting that is wrong and the accepted form
     */
    public static void require(Settings settings) {
        AllowList allow = checked(Setting.PROBE_ALLOW, () -> allowList(settings));
        Resolver resolver = name -> List.of(InetAddress.getAllByName(name));
        ProbePolicy policy = policy(settings, allow, resolver, Set.of(settings.integer(Setting.HTTP_PORT)));
        NameServer.of(settings);
        checked(Setting.PROBE_CANARY, () -> {
            List<HostPort> canaries = canaries(settings);
            VantageCanary.refuse(canaries, policy);
            return canaries;
        });
    }

    /**
     * Returns the canaries that stand on this machine and so answer also while its network is down, as they are written.
     *
     * @throws SettingsException naming the setting that is wrong and the accepted form
     */
    public static List<String> canariesHere(Settings settings) {
        List<HostPort> canaries = checked(Setting.PROBE_CANARY, () -> canaries(settings));
        return VantageCanary.near(canaries, new OwnAddresses(System::nanoTime));
    }

    /**
     * Returns why the resolver that checks of domains ask may not be asked, in English; empty where it may.
     *
     * @param today the day in the zone of the installation
     * @throws SettingsException naming the setting that is wrong and the accepted form
     */
    public static Optional<String> resolverRefused(Settings settings, LocalDate today) {
        NameServer server = NameServer.of(settings);
        AllowList allow = checked(Setting.PROBE_ALLOW, () -> allowList(settings));
        ProbePolicy.Verdict verdict = policy(
                        settings,
                        allow,
                        name -> List.of(InetAddress.getAllByName(name)),
                        Set.of(settings.integer(Setting.HTTP_PORT)))
                .decide(server.host(), server.port(), today, today);
        return verdict instanceof ProbePolicy.Verdict.Denied denied ? Optional.of(denied.message()) : Optional.empty();
    }

    private static ProbePolicy policy(Settings settings, AllowList allow, Resolver resolver, Set<Integer> listening) {
        List<DatabaseEndpoint> database =
                settings.find(Setting.DB_URL).map(DatabaseEndpoint::of).orElse(List.of());
        return new ProbePolicy(allow, resolver, new OwnAddresses(System::nanoTime), database, listening);
    }

    private static List<HostPort> canaries(Settings settings) {
        return settings.find(Setting.PROBE_CANARY).map(VantageCanary::parse).orElse(List.of());
    }

    /** Returns the probes: one per entry of {@link #TYPES}, and what is asked before anything is looked at. */
    public List<Probe> all() {
        return all;
    }

    /** Returns the policy, for pages and {@code doctor} to say what may be probed. */
    public ProbePolicy policy() {
        return policy;
    }

    /** Returns the limits towards targets that everything on this server keeps. */
    public TargetLimits limits() {
        return limits;
    }

    @Override
    public void close() {
        lookups.shutdownNow();
        resolver.close();
    }

    static List<Probe> on(ProbeNetwork network) {
        List<Probe> probes = new ArrayList<>();
        conversations()
                .forEach((type, conversation) -> probes.add(new NetworkProbe(type, network, conversation.get())));
        probes.add(new HostAddresses(HostAddresses.TYPE, network));
        probes.add(new HostAddresses(HostAddresses.TARGET, network));
        return List.copyOf(probes);
    }

    private static Map<String, Supplier<NetworkProbe.Conversation>> conversations() {
        Map<String, Supplier<NetworkProbe.Conversation>> all = new LinkedHashMap<>();
        all.put("cassandra.anonymous", () -> new WordProbe("startup", "STARTUP", true, ShortTalks::cassandra));
        all.put("tcp.connect", ConnectProbe::new);
        all.put("dns.authenticity", DomainProbe::authenticity);
        all.put("dns.dangling", DomainProbe::dangling);
        all.put("dns.mail", DomainProbe::mail);
        all.put("dns.resolver", () -> DnsProbe::resolver);
        all.put("dns.transfer", () -> DnsProbe::transfer);
        all.put("elasticsearch.anonymous", ElasticsearchProbe::new);
        all.put("etcd.anonymous", () -> ShortTalks::etcd);
        all.put("ftp.anonymous", FtpProbe::new);
        all.put("http.exchange", HttpExchangeProbe::new);
        all.put("kafka.anonymous", KafkaProbe::new);
        all.put("ldap.anonymous", LdapProbe::new);
        all.put("memcached.open-tcp", () -> new WordProbe("version", "version", true, ShortTalks::memcached));
        all.put("memcached.open-udp", () -> ShortTalks::memcachedOverUdp);
        all.put("mongodb.anonymous", () -> new WordProbe("list", "listDatabases", true, MongoProbe::ask));
        all.put("mqtt.anonymous", () -> ShortTalks::mqtt);
        all.put("mysql.greeting", MysqlProbe::new);
        all.put("nats.anonymous", NatsProbe::new);
        all.put("nfs.exports", NfsProbe::new);
        all.put("postgres.auth-method", PostgresProbe::new);
        all.put(
                "rdp.negotiation",
                () -> new WordProbe("negotiation", "X.224 connection request", false, ShortTalks::rdp));
        all.put("redis.anonymous", () -> new WordProbe("ping", "PING", true, ShortTalks::redis));
        all.put("rsync.module", () -> ShortTalks::rsync);
        all.put("smb.negotiate", SmbProbe::new);
        all.put("smtp.relay", SmtpProbe::new);
        all.put("snmp.community", () -> ShortTalks::snmp);
        all.put("ssh.algorithms", SshProbe::new);
        all.put("telnet.banner", () -> new WordProbe("banner", "banner", false, ShortTalks::telnet));
        all.put("tls.endpoint", () -> new TlsProbe(CertificateFacts.withSystemRoots()));
        all.put("vnc.security", () -> new WordProbe("security", "security types", false, VncProbe::ask));
        all.put("web.headers", WebHeadersProbe::new);
        all.put("web.sensitive-paths", WebPathsProbe::new);
        all.put("zookeeper.anonymous", () -> new WordProbe("session", "connect, exists", true, ZookeeperProbe::ask));
        return all;
    }

    public static AllowList allowList(Settings settings) {
        return AllowList.parse(settings.find(Setting.PROBE_ALLOW).orElse(""));
    }

    private static <T> T checked(Setting setting, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new SettingsException(setting.key() + " has " + e.getMessage());
        }
    }
}

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
        ExecutorService lookups = Executors.newFixedThreadPool(atOnce, task -> {
            Thread thread = new Thread(task, "probe-lookup");
            thread.setDaemon(true);
            return thread;
        });
        return new Probes(
                resolver,
                policy,
                on(new ProbeNetwork(policy, proof, zone, clock, nanos, agent)),
                lookups,
                new TargetLimits(clock, TargetLimits.Rules.standard(atOnce), new NameBook(clock, resolver, lookups)));
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
        all.put(CassandraProbe.TYPE, CassandraProbe::conversation);
        all.put(ConnectProbe.TYPE, ConnectProbe::new);
        all.put(DomainProbe.AUTHENTICITY, DomainProbe::authenticity);
        all.put(DomainProbe.DANGLING, DomainProbe::dangling);
        all.put(DomainProbe.MAIL, DomainProbe::mail);
        all.put(DnsProbe.RESOLVER, DnsProbe::resolver);
        all.put(DnsProbe.TRANSFER, DnsProbe::transfer);
        all.put(ElasticsearchProbe.TYPE, ElasticsearchProbe::new);
        all.put(EtcdProbe.TYPE, EtcdProbe::new);
        all.put(FtpProbe.TYPE, FtpProbe::new);
        all.put(HttpExchangeProbe.TYPE, HttpExchangeProbe::new);
        all.put(KafkaProbe.TYPE, KafkaProbe::conversation);
        all.put(LdapProbe.TYPE, LdapProbe::new);
        all.put(MemcachedProbe.TYPE, MemcachedProbe::new);
        all.put(MemcachedUdpProbe.TYPE, MemcachedUdpProbe::new);
        all.put(MongoProbe.TYPE, MongoProbe::conversation);
        all.put(MqttProbe.TYPE, MqttProbe::new);
        all.put(MysqlProbe.TYPE, MysqlProbe::new);
        all.put(NatsProbe.TYPE, NatsProbe::new);
        all.put(NfsProbe.TYPE, NfsProbe::new);
        all.put(PostgresProbe.TYPE, PostgresProbe::new);
        all.put(RdpProbe.TYPE, RdpProbe::conversation);
        all.put(RedisProbe.TYPE, RedisProbe::new);
        all.put(RsyncProbe.TYPE, RsyncProbe::new);
        all.put(SmbProbe.TYPE, SmbProbe::new);
        all.put(SmtpProbe.TYPE, SmtpProbe::new);
        all.put(SnmpProbe.TYPE, SnmpProbe::new);
        all.put(SshProbe.TYPE, SshProbe::new);
        all.put(TelnetProbe.TYPE, TelnetProbe::conversation);
        all.put(TlsProbe.TYPE, () -> new TlsProbe(CertificateFacts.withSystemRoots()));
        all.put(VncProbe.TYPE, VncProbe::conversation);
        all.put(WebHeadersProbe.TYPE, WebHeadersProbe::new);
        all.put(WebPathsProbe.TYPE, WebPathsProbe::new);
        all.put(ZookeeperProbe.TYPE, ZookeeperProbe::conversation);
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

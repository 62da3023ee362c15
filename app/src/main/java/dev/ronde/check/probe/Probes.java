package dev.ronde.check.probe;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Every probe that sends packets, set up from the operator's settings. */
public final class Probes implements AutoCloseable {
    /** Names of the probes, for the loader of check files. */
    public static final List<String> TYPES = List.of(
            ElasticsearchProbe.TYPE,
            MemcachedProbe.TYPE,
            MqttProbe.TYPE,
            NatsProbe.TYPE,
            PostgresProbe.TYPE,
            RedisProbe.TYPE,
            TlsProbe.TYPE);

    private final SystemResolver resolver;
    private final ProbePolicy policy;
    private final List<Probe> all;

    private Probes(SystemResolver resolver, ProbePolicy policy, List<Probe> all) {
        this.resolver = resolver;
        this.policy = policy;
        this.all = List.copyOf(all);
    }

    /**
     * Sets the probes up.
     *
     * @throws SettingsException naming the setting that is wrong and the accepted form
     */
    public static Probes start(Settings settings, InstantSource clock) {
        AllowList allow = checked(Setting.PROBE_ALLOW, () -> allowList(settings));
        HostPort canary = checked(
                Setting.PROBE_CANARY,
                () -> settings.find(Setting.PROBE_CANARY).map(HostPort::parse).orElse(null));
        String zone = settings.oneOf(Setting.PROBE_VANTAGE, "internal", "external");
        String agent = "Ronde/1 (+" + settings.baseUrl() + ")";
        LongSupplier nanos = System::nanoTime;
        List<DatabaseEndpoint> database =
                settings.find(Setting.DB_URL).map(DatabaseEndpoint::of).orElse(List.of());
        SystemResolver resolver = SystemResolver.start();
        ProbePolicy policy = new ProbePolicy(allow, resolver, new OwnAddresses(nanos), database);
        VantageCanary proof = new VantageCanary(canary, resolver, nanos);
        return new Probes(resolver, policy, on(new ProbeNetwork(policy, proof, zone, clock, nanos, agent)));
    }

    /** Returns the probes, one per entry of {@link #TYPES}. */
    public List<Probe> all() {
        return all;
    }

    /** Returns the policy, for pages and {@code doctor} to say what may be probed. */
    public ProbePolicy policy() {
        return policy;
    }

    @Override
    public void close() {
        resolver.close();
    }

    static List<Probe> on(ProbeNetwork network) {
        return List.of(
                new NetworkProbe(ElasticsearchProbe.TYPE, network, new ElasticsearchProbe()),
                new NetworkProbe(MemcachedProbe.TYPE, network, new MemcachedProbe()),
                new NetworkProbe(MqttProbe.TYPE, network, new MqttProbe()),
                new NetworkProbe(NatsProbe.TYPE, network, new NatsProbe()),
                new NetworkProbe(PostgresProbe.TYPE, network, new PostgresProbe()),
                new NetworkProbe(RedisProbe.TYPE, network, new RedisProbe()),
                new NetworkProbe(TlsProbe.TYPE, network, new TlsProbe(CertificateFacts.withSystemRoots())));
    }

    /** Reads the operator's policy; empty where the setting is unset. */
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

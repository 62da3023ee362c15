package dev.ronde.platform.db;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.extension.ExtensionFactory;
import org.jdbi.v3.core.extension.ExtensionMetadata;
import org.jdbi.v3.core.extension.ExtensionMetadata.ExtensionHandlerInvoker;
import org.jdbi.v3.core.extension.Extensions;
import org.jdbi.v3.core.extension.HandleSupplier;
import org.jdbi.v3.sqlobject.SqlObjectFactory;

/**
 * Attaches SQL objects method by method: Jdbi alone prepares every method of an interface each time a handle asks for it, which cost a fifth
 * of all CPU time of a busy process, although one or two are called. What a method does is Jdbi's own, see decision 051.
 */
final class Daos implements ExtensionFactory {
    private final ExtensionFactory sqlObjects;
    private final Map<Class<?>, Boolean> accepted = new ConcurrentHashMap<>();

    private Daos(ExtensionFactory sqlObjects) {
        this.sqlObjects = sqlObjects;
    }

    /** Jdbi asks this before its own factory; call after the SQL object plugin is installed. */
    static void register(Jdbi jdbi) {
        ExtensionFactory sqlObjects = jdbi.getConfig(Extensions.class)
                .findFactory(SqlObjectFactory.class)
                .orElseThrow();
        jdbi.registerExtension(new Daos(sqlObjects));
    }

    /** Jdbi reads the annotations of all methods for the answer, which is always the same. */
    @Override
    public boolean accepts(Class<?> type) {
        return accepted.computeIfAbsent(type, sqlObjects::accepts);
    }

    @Override
    public Set<FactoryFlag> getFactoryFlags() {
        return Set.of(FactoryFlag.DONT_USE_PROXY);
    }

    @Override
    public <E> E attach(Class<E> type, HandleSupplier handles) {
        ExtensionMetadata metadata = handles.getConfig().get(Extensions.class).findMetadata(type, sqlObjects);
        ConfigRegistry config = metadata.createInstanceConfiguration(handles.getConfig());
        Map<Method, ExtensionHandlerInvoker> called = new ConcurrentHashMap<>();
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(type, proxy, method, args);
            }
            return called.computeIfAbsent(
                            method, one -> metadata.createExtensionHandlerInvoker(proxy, one, handles, config))
                    .invoke(args);
        }));
    }

    private static Object ofObject(Class<?> type, Object proxy, Method method, Object[] args) {
        return switch (method.getName()) {
            case "equals" -> proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> type.getName();
        };
    }
}

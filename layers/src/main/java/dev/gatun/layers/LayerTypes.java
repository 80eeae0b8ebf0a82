package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The types of layers there are, by class and by Keras's name, for any number of threads. Those given come first; a user's own are
 * looked for, as services ({@link ServiceLoader}), when a class or name is not among them.
 */
public final class LayerTypes {

    private final Source source;
    private final Map<Class<?>, LayerType<?>> byClass = new ConcurrentHashMap<>();
    private final Map<String, LayerType<?>> byKind = new ConcurrentHashMap<>();

    /** Makes types when they are first asked for: the classes of layers that nobody uses would only make a start longer. */
    public interface Source {

        /**
         * The types that are always there.
         *
         * @return Keras's names of their classes, in the order of messages and docs
         */
        List<String> kinds();

        /**
         * One of them.
         *
         * @param kind one of {@link #kinds}
         * @return new
         */
        LayerType<?> type(String kind);
    }

    /**
     * A registry.
     *
     * @param source of the types that are always there
     */
    public LayerTypes(Source source) {
        this.source = Arguments.required(source, "LayerTypes", "source", "what makes the types that are always there");
    }

    /**
     * A registry.
     *
     * @param given the types that are always there
     */
    public LayerTypes(List<LayerType<?>> given) {
        this(new GivenTypes(Arguments.all(given, "LayerTypes", "given", "the types that are always there")));
    }

    private record GivenTypes(List<LayerType<?>> types) implements Source {

        @Override
        public List<String> kinds() {
            return types.stream().map(type -> type.options().kind()).toList();
        }

        @Override
        public LayerType<?> type(String kind) {
            return types.stream().filter(type -> type.options().kind().equals(kind)).findFirst().orElseThrow();
        }
    }

    /** One of those that are always there, or null. */
    private LayerType<?> given(String kind) {
        LayerType<?> type = byKind.get(kind);
        return type == null && source.kinds().contains(kind) ? make(kind) : type;
    }

    private synchronized LayerType<?> make(String kind) {
        LayerType<?> before = byKind.get(kind);
        if (before != null) {
            return before;
        }
        LayerType<?> made = source.type(kind).among(this);
        // Models within models are of one class, whichever way they are declared.
        byClass.putIfAbsent(made.layerClass(), made);
        for (LayerType<?> part : made.partTypes()) {
            byClass.put(part.layerClass(), part);
        }
        byKind.put(kind, made);
        return made;
    }

    /** One of those that are always there, or a part of one, or null. */
    private LayerType<?> given(Layer layer) {
        LayerType<?> type = byClass.get(layer.getClass());
        if (type == null) {
            given(layer.kind());
            type = byClass.get(layer.getClass());
        }
        if (type == null) {
            source.kinds().forEach(this::given);
            type = byClass.get(layer.getClass());
        }
        return type;
    }

    /** A user's own types, looked for once and only when something is missing: looking takes a start some milliseconds. */
    private static final class Services {
        private static final List<LayerType<?>> ALL = load();

        private static List<LayerType<?>> load() {
            List<LayerType<?>> all = new ArrayList<>();
            ServiceLoader.load(LayerType.class, LayerTypes.class.getClassLoader()).forEach(all::add);
            return List.copyOf(all);
        }
    }

    /**
     * The type of a layer.
     *
     * @param <L>   its class
     * @param layer any
     * @return what is known of it
     * @throws IllegalArgumentException if nobody registered its class, saying how
     */
    public <L extends Layer> LayerType<L> of(L layer) {
        Arguments.required(layer, "LayerTypes.of", "layer", "a layer");
        LayerType<?> type = given(layer);
        if (type == null) {
            type = Services.ALL.stream()
                    .<LayerType<?>>mapMulti((own, types) -> {
                        types.accept(own);
                        own.partTypes().forEach(types);
                    })
                    .filter(own -> own.layerClass() == layer.getClass())
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("Layers of " + layer.getClass().getName()
                            + " have no type; register a LayerType for them as a service of "
                            + LayerType.class.getName()));
        }
        @SuppressWarnings("unchecked")
        LayerType<L> own = (LayerType<L>) type;
        return own;
    }

    /**
     * Whether there is a class of layers.
     *
     * @param kind Keras's class name
     * @return true if layers of it can be read
     */
    public boolean knows(String kind) {
        Arguments.required(kind, "LayerTypes.knows", "kind", "a class name as Keras has it, for example LSTM");
        return find(kind).isPresent();
    }

    /**
     * Whether a class of layers is one of those given, and not a user's own.
     *
     * @param kind Keras's class name
     * @return false also if nobody has it
     */
    public boolean isGiven(String kind) {
        Arguments.required(kind, "LayerTypes.isGiven", "kind", "a class name as Keras has it, for example LSTM");
        return source.kinds().contains(kind);
    }

    /**
     * The type of a class of layers.
     *
     * @param kind Keras's class name
     * @return what is known of it
     * @throws IllegalArgumentException naming the classes that are called alike, and where all of them are listed
     */
    public LayerType<?> named(String kind) {
        Arguments.required(kind, "LayerTypes.named", "kind", "a class name as Keras has it, for example LSTM");
        Optional<LayerType<?>> type = find(kind);
        if (type.isEmpty()) {
            List<String> near = NearNames.of(kind, kinds());
            throw new IllegalArgumentException("Gatun has no layer of class " + kind
                    + "; supported are " + (near.isEmpty()
                            ? "those that docs/layers.md lists"
                            : String.join(", ", near) + " and others, which docs/layers.md lists"));
        }
        return type.get();
    }

    private Optional<LayerType<?>> find(String kind) {
        LayerType<?> type = given(kind);
        return type != null
                ? Optional.of(type)
                : Services.ALL.stream().filter(own -> own.options().kind().equals(kind)).findFirst();
    }

    /**
     * All types.
     *
     * @return those given, then a user's own
     */
    public List<LayerType<?>> all() {
        List<LayerType<?>> all = new ArrayList<>();
        for (String kind : source.kinds()) {
            all.add(given(kind));
        }
        all.addAll(Services.ALL);
        return all;
    }

    /**
     * Keras's names of all classes.
     *
     * @return in the order of {@link #all}
     */
    public List<String> kinds() {
        return all().stream().map(type -> type.options().kind()).toList();
    }

    /**
     * A layer from class name, name and options.
     *
     * @param kind   Keras's class name
     * @param name   may be null
     * @param config what {@link Layer#config} says
     * @return equal to the one it came from
     * @throws IllegalArgumentException naming the layer, and the class, option or value that is not supported
     */
    public Layer layer(String kind, String name, Map<String, Object> config) {
        Arguments.required(kind, "LayerTypes.layer", "kind", "a class name as Keras has it, for example LSTM");
        Arguments.required(config, "LayerTypes.layer", "config", "the options");
        String owner = "Layer '" + name + "' (" + kind + ")";
        try {
            return layer(named(kind), name, new OptionReader(owner, config, this));
        } catch (IllegalArgumentException unfit) {
            String said = unfit.getMessage();
            throw said.startsWith(owner) ? unfit : new IllegalArgumentException(owner + ": " + said, unfit);
        }
    }

    private static <L extends Layer> L layer(LayerType<L> type, String name, OptionReader reader) {
        return type.layer(type.options().read(name, reader));
    }
}

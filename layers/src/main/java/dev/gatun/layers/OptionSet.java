package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * All options of a class of layers: those Gatun has, those of which it has one value only, and those that change no result.
 * Immutable; each method gives a larger set.
 */
public final class OptionSet {

    /** Whether a training may change the weights: every layer has it. */
    static final String TRAINABLE = "trainable";
    static final String ACTIVITY_REGULARIZER = "activity_regularizer";
    private static final String DTYPE = "dtype";

    private final String kind;
    private final List<Option<?>> options;
    private final Map<String, Object> only;
    private final Map<String, String> ignored;
    private final Set<String> decided;
    private final String defaultName;

    private OptionSet(
            String kind, List<Option<?>> options, Map<String, Object> only, Map<String, String> ignored,
            Set<String> decided, String defaultName) {
        this.kind = kind;
        this.defaultName = defaultName;
        this.options = options;
        this.only = only;
        this.ignored = ignored;
        this.decided = decided;
    }

    /**
     * The options of a class.
     *
     * @param kind    Keras's class name
     * @param options in the order of files and docs
     * @return the set, which knows {@code trainable} and {@code dtype} as every layer does
     */
    public static OptionSet of(String kind, Option<?>... options) {
        Arguments.required(kind, "OptionSet.of", "kind", "a class name as Keras has it, for example LSTM");
        OptionSet set = new OptionSet(
                kind, List.copyOf(Arguments.all(options, "OptionSet.of", "options", "the options")), Map.of(),
                Map.of(), Set.of(), null);
        for (Option<?> option : options) {
            if (option.name().equals(DTYPE)) {
                return set;
            }
        }
        return set.only(DTYPE, "float32");
    }

    /**
     * An option of which Gatun has one value; any other is refused by name.
     *
     * @param name  as in Keras
     * @param value the only one; null if the option must be absent
     * @return the larger set
     */
    public OptionSet only(String name, Object value) {
        Arguments.required(name, "OptionSet.only", "name", "as in Keras");
        Map<String, Object> more = new LinkedHashMap<>(only);
        more.put(name, value);
        return new OptionSet(kind, options, Collections.unmodifiableMap(more), ignored, decided,
                defaultName);
    }

    /**
     * OptionReader that must be absent.
     *
     * @param names as in Keras
     * @return the larger set
     */
    public OptionSet without(String... names) {
        OptionSet set = this;
        for (String name : Arguments.all(names, "OptionSet.without", "names", "names as in Keras")) {
            set = set.only(name, null);
        }
        return set;
    }

    /**
     * An option that changes no result, whatever its value.
     *
     * @param name as in Keras
     * @param why  it changes nothing
     * @return the larger set
     */
    public OptionSet ignoring(String name, String why) {
        Arguments.required(name, "OptionSet.ignoring", "name", "as in Keras");
        Arguments.required(why, "OptionSet.ignoring", "why", "why it changes nothing");
        Map<String, String> more = new LinkedHashMap<>(ignored);
        more.put(name, why);
        return new OptionSet(kind, options, only, Collections.unmodifiableMap(more), decided,
                defaultName);
    }

    /**
     * An option of the layers within that this layer decides itself, so that what a file says there is passed over.
     *
     * @param name as in Keras
     * @return the larger set
     */
    public OptionSet deciding(String name) {
        Arguments.required(name, "OptionSet.deciding", "name", "as in Keras");
        Set<String> more = new HashSet<>(decided);
        more.add(name);
        return new OptionSet(kind, options, only, ignored, Set.copyOf(more), defaultName);
    }

    /**
     * Layers without a name are called otherwise than their class, for a class that Keras exports under another name than its
     * own.
     *
     * @param name in snake case, before it is numbered
     * @return the set with it
     */
    public OptionSet layersNamed(String name) {
        Arguments.required(name, "OptionSet.layersNamed", "name", "in snake case");
        return new OptionSet(kind, options, only, ignored, decided, name);
    }

    /**
     * Keras's class name.
     *
     * @return for example {@code LSTM}
     */
    public String kind() {
        return kind;
    }

    /**
     * What layers without a name are called, before they are numbered: the class in snake case, as Keras does,
     * unless it was said otherwise.
     *
     * @return for example {@code time_distributed}, {@code lstm}
     */
    public String defaultName() {
        return defaultName != null
                ? defaultName
                : kind.replaceAll("(.)([A-Z][a-z])", "$1_$2").replaceAll("([a-z])([A-Z])", "$1_$2")
                        .toLowerCase(Locale.ROOT);
    }

    /**
     * The options that have an effect.
     *
     * @return in the order of files and docs
     */
    public List<Option<?>> options() {
        return options;
    }

    /**
     * The options of which one value is known, with that value.
     *
     * @return null for one that must be absent
     */
    public Map<String, Object> only() {
        return only;
    }

    /**
     * The options that change nothing, with the reason.
     *
     * @return names and reasons
     */
    public Map<String, String> ignored() {
        return ignored;
    }

    /**
     * The options of the layers within that this layer decides itself.
     *
     * @return names as in Keras
     */
    public Set<String> decided() {
        return decided;
    }

    /**
     * A configuration from its plain map. Every key of the map is looked at: no option is dropped without a word.
     *
     * @param name   of the layer, or null
     * @param reader the map
     * @return with defaults for what is absent
     * @throws IllegalArgumentException naming the owner, and the option or value that is missing or not supported
     */
    public Configuration read(String name, OptionReader reader) {
        Arguments.required(reader, "OptionSet.read", "reader", "the plain map");
        for (Map.Entry<String, Object> option : only.entrySet()) {
            reader.only(option.getKey(), option.getValue());
        }
        for (String option : ignored.keySet()) {
            reader.ignore(option);
        }
        Configuration configuration = Configuration.of(this).named(name).trainable(reader.flag(TRAINABLE, true));
        if (reader.has(ACTIVITY_REGULARIZER)) {
            configuration = configuration
                    .activityRegularizer(OptionKind.REGULARIZER.read(reader, ACTIVITY_REGULARIZER));
        }
        List<Option<?>> absent = new ArrayList<>();
        for (Option<?> option : options) {
            String key = key(option, reader);
            if (key != null) {
                configuration = read(configuration, option, key, reader);
            } else if (option.isRequired()) {
                absent.add(option);
            }
        }
        if (!absent.isEmpty()) {
            throw new IllegalArgumentException(reader.owner() + ": " + absent.getFirst().name() + " is missing");
        }
        reader.requireNothingLeft();
        return configuration;
    }

    /** Under which name the option is there; null if it is absent. */
    private static String key(Option<?> option, OptionReader reader) {
        boolean isThere = reader.has(option.name());
        if (option.formerName() == null || !reader.has(option.formerName())) {
            return isThere ? option.name() : null;
        }
        if (isThere) {
            throw new IllegalArgumentException(reader.owner() + " has " + option.formerName() + " and " + option.name()
                    + ", which are one option; leave " + option.formerName() + " out");
        }
        return option.formerName();
    }

    private static <V> Configuration read(
            Configuration configuration, Option<V> option, String key, OptionReader reader) {
        return configuration.with(option, option.kind().read(reader, key));
    }

    @Override
    public String toString() {
        return kind + " " + options;
    }
}

package dev.gatun.formats.torch;

import dev.gatun.formats.PlainJson;
import dev.gatun.memory.check.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a state dict does not say: in which order its modules run, and what stands between them. Immutable.
 *
 * <pre>{@code
 * TorchArchitecture.inferred().after("lstm", "last").after("fc", "softmax")
 * TorchArchitecture.forward("emb", "lstm", "mean", "norm", "mlp.0", "relu", "mlp.3", "softmax").with("norm", "eps", 1e-6)
 * }</pre>
 *
 * Words are the names of modules as in the state dict, or their ends if one alone ends so, and behind them: an activation as {@code torch.nn.functional} calls it
 * ({@code relu}, {@code leaky_relu(0.2)}, {@code gelu(tanh)}, {@code softmax(-1)} along the last axis alone); {@code last}, {@code mean}, {@code max} for the last step of a sequence, or the mean
 * or the largest of all; {@code state} for what a recurrent module ends at, which differs from {@code last} where it goes both
 * ways; {@code flatten}; {@code layer_norm(1e-3)}, a normalization over the features that has no parameters;
 * {@code max_pool1d(2)}, {@code avg_pool1d(3, 1)} over steps, of a size and, unless it is the same, a stride.
 */
public final class TorchArchitecture {

    /** What makes another value of a sequence than a sequence of the same length. */
    static final Set<String> READINGS = Set.of("last", "state", "mean", "max", "flatten");

    /** Arguments of PyTorch's classes that parameters do not show. */
    private static final Set<String> ARGUMENTS = Set.of("nonlinearity", "eps", "padding", "stride", "dilation",
            "groups", "num_heads", "num_groups", "type", RecurrentForm.INITIAL_H, RecurrentForm.INITIAL_C);

    private final List<String> words;
    private final Map<String, List<String>> after;
    private final Map<String, Map<String, Object>> arguments;
    private final Order order;

    /** Of the input: samples alone or sequences where no module tells, and which of both axes comes first. */
    private enum Order {
        AS_MODULES_NEED, STEPS, TIME_FIRST
    }

    private TorchArchitecture(
            List<String> words, Map<String, List<String>> after, Map<String, Map<String, Object>> arguments,
            Order order) {
        this.words = words;
        this.after = after;
        this.arguments = arguments;
        this.order = order;
    }

    /**
     * The order is told from the widths of the modules; between two linear modules, and behind a convolution, is a relu; every
     * step of a sequence has an output. The report says all of it.
     *
     * @return what is taken if nothing is given
     */
    public static TorchArchitecture inferred() {
        return new TorchArchitecture(null, Map.of(), Map.of(), Order.AS_MODULES_NEED);
    }

    /**
     * All that happens, in order.
     *
     * @param words names of modules, activations and readings, as above; a name that stands for several modules (a
     *              {@code Sequential}) stands for all of them by their numbers
     * @return nothing happens but what is said
     * @throws IllegalArgumentException if there is none
     */
    public static TorchArchitecture forward(String... words) {
        List<String> all = Arguments.all(words, "TorchArchitecture.forward", "words",
                "names of modules and activations");
        if (all.isEmpty()) {
            throw new IllegalArgumentException("An architecture needs at least one module; give its name");
        }
        return new TorchArchitecture(List.copyOf(all), Map.of(), Map.of(), Order.AS_MODULES_NEED);
    }

    /**
     * A tree of modules: each an object with its {@code name}, its class as {@code type}, arguments by their names, and
     * {@code children} if it has such. They run in the order of the tree, what has no parameters among them; a recurrent module
     * with {@code batch_first} false makes the model's sequences time first.
     *
     * @param json the root of the tree
     * @return to be added to with {@link #after}, for what is no module
     * @throws IllegalArgumentException if it is not such a tree, or holds a class that is not known: names it
     */
    public static TorchArchitecture tree(String json) {
        Arguments.required(json, "TorchArchitecture.tree", "json", "a tree of modules");
        return new ModuleTree().read(PlainJson.object("the tree of modules", json));
    }

    /**
     * Says what happens to what a module makes.
     *
     * @param module its name
     * @param words  activations and readings in order; of an order that is told from widths they stand in the place of the
     *               relu; none for nothing
     * @return a new architecture
     * @throws IllegalArgumentException if a word is neither
     */
    public TorchArchitecture after(String module, String... words) {
        Arguments.required(module, "TorchArchitecture.after", "module", "the name of a module");
        List<String> all = Arguments.all(words, "TorchArchitecture.after", "words", "activations and readings");
        for (String word : all) {
            if (!isWord(word)) {
                throw new IllegalArgumentException("'" + word + "' is neither a reading (" + String.join(", ", READINGS)
                        + "), nor a pooling (max_pool1d(2), avg_pool1d(2)), nor a normalization without parameters"
                        + " (layer_norm), nor an activation; known are "
                        + TorchFunction.known());
            }
        }
        Map<String, List<String>> more = new LinkedHashMap<>(after);
        more.put(module, List.copyOf(all));
        return new TorchArchitecture(this.words, more, arguments, order);
    }

    /**
     * Gives an argument of a module's class that its parameters do not show.
     *
     * @param module   its name
     * @param argument {@code nonlinearity} of an RNN (otherwise tanh), {@code eps} of a normalization (1e-5), {@code padding}
     *                 (0; also "same" and "causal"), {@code stride}, {@code dilation}, {@code groups} of a convolution (1),
     *                 {@code num_heads} of an attention and {@code num_groups} of a GroupNorm, which have no default;
     *                 {@code initial_h}, {@code initial_c}: the name of the tensor that a recurrent module begins at;
     *                 {@code type} where parameters fit several classes: "Linear" or "Embedding", "LayerNorm", "GroupNorm",
     *                 "RMSNorm" or "PReLU"
     * @param value    a number or a text
     * @return a new architecture
     * @throws IllegalArgumentException if there is no such argument
     */
    public TorchArchitecture with(String module, String argument, Object value) {
        Arguments.required(module, "TorchArchitecture.with", "module", "the name of a module");
        Arguments.required(argument, "TorchArchitecture.with", "argument", "the name of an argument");
        Arguments.required(value, "TorchArchitecture.with", "value", "a number or a text");
        if (!ARGUMENTS.contains(argument) || !(value instanceof Number) && !(value instanceof String)) {
            throw new IllegalArgumentException("'" + argument + "' = " + value + " is no argument that can be given;"
                    + " expected a number or a text for one of " + ARGUMENTS);
        }
        Map<String, Map<String, Object>> more = new LinkedHashMap<>(arguments);
        Map<String, Object> own = new LinkedHashMap<>(more.getOrDefault(module, Map.of()));
        own.put(argument, value);
        more.put(module, own);
        return new TorchArchitecture(words, after, more, order);
    }

    /**
     * Sequences are given and returned as [T,B,...], as PyTorch has them without {@code batch_first}.
     *
     * @return a new architecture
     */
    public TorchArchitecture timeFirst() {
        return new TorchArchitecture(words, after, arguments, Order.TIME_FIRST);
    }

    /**
     * The input is a sequence [B,T,...], though no module needs one: of linear modules alone it is [B,...] otherwise.
     *
     * @return a new architecture
     */
    public TorchArchitecture ofSequences() {
        return new TorchArchitecture(words, after, arguments, order == Order.TIME_FIRST ? order : Order.STEPS);
    }

    /** Whether a word may stand behind a module: a reading, a pooling, a normalization without parameters or an activation. */
    static boolean isWord(String word) {
        return READINGS.contains(word) || TorchPooling.of(word) != null || PlainNorm.isOne(word)
                || TorchFunction.isOne(word);
    }

    /** With the whole names of modules that were said by their ends. */
    TorchArchitecture in(ModuleNames names) {
        Map<String, List<String>> behind = new LinkedHashMap<>();
        after.forEach((module, said) -> behind.put(names.whole(module), said));
        Map<String, Map<String, Object>> given = new LinkedHashMap<>();
        arguments.forEach((module, said) -> given.put(names.whole(module), said));
        List<String> all = words == null
                ? null
                : words.stream().map(word -> isWord(word) ? word : names.whole(word)).toList();
        return new TorchArchitecture(all, behind, given, order);
    }

    /** Null if the order is to be told from the widths. */
    List<String> words() {
        return words;
    }

    /** Null if nothing was said. */
    List<String> after(TorchModule module) {
        return after.get(module.label());
    }

    /** Null if it was not given. */
    Object argument(TorchModule module, String argument) {
        return arguments(module.label()).get(argument);
    }

    /** What was given of a module. */
    Map<String, Object> arguments(String module) {
        return arguments.getOrDefault(module, Map.of());
    }

    boolean isTimeFirst() {
        return order == Order.TIME_FIRST;
    }

    boolean isOfSequences() {
        return order != Order.AS_MODULES_NEED;
    }

    /** Modules that something is said of. */
    Set<String> named() {
        Map<String, Object> all = new LinkedHashMap<>(after);
        all.putAll(arguments);
        return all.keySet();
    }

    /**
     * As JSON, which {@link #of} reads again.
     *
     * @return one object
     */
    public String text() {
        return ArchitectureText.of(words, after, arguments, isOfSequences(), isTimeFirst());
    }

    /**
     * An architecture that was written down: {@code {"forward": ["emb", "lstm", "last", "fc"], "after": {"fc": ["softmax"]},
     * "arguments": {"lstm": {"nonlinearity": "relu"}}, "sequences": true, "time_first": true}}, of which each key may be missing;
     * without {@code forward} the order is told from widths. An object with a {@code type} is a {@link #tree} of modules.
     *
     * @param json one object
     * @return what it says
     * @throws IllegalArgumentException if it says something else: names it
     */
    public static TorchArchitecture of(String json) {
        Arguments.required(json, "TorchArchitecture.of", "json",
                "an object, such as {\"forward\": [\"lstm\", \"fc\"]}");
        Map<String, Object> map = PlainJson.object("the architecture", json);
        return map.containsKey("type") ? new ModuleTree().read(map) : new ArchitectureText(map).architecture();
    }
}

package dev.gatun.formats.keras.training;

import dev.gatun.formats.FormatException;
import dev.gatun.layers.train.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An optimizer as Keras describes it.
 *
 * @param optimizer     the same here
 * @param isInterleaved whether a weight's moments lie side by side, or each kind by itself
 * @param hasAverages   whether averages of the weights come before the moments
 * @param notes         what is not as it was there
 */
public record SavedOptimizer(Optimizer optimizer, boolean isInterleaved, boolean hasAverages, List<String> notes) {

    private static final Set<String> KNOWN = Set.of("SGD", "Adam", "AdamW", "RMSprop", "Adagrad");
    private static final int KERAS_3 = 3;
    private static final String RATE = "learning_rate";
    private static final String DECAY = "weight_decay";
    /** What TensorFlow 2.11 to 2.15 writes before a class of its own. */
    private static final String REGISTERED = "Custom>";

    /**
     * Takes an optimizer that is given beside a file of Keras 3, which does not name its own.
     *
     * @param optimizer one of Gatun's
     * @throws IllegalArgumentException if its formula is none of Keras's
     */
    public static SavedOptimizer given(Optimizer optimizer) {
        KerasOptimizer.of(optimizer);
        return new SavedOptimizer(optimizer, true, false, List.of());
    }

    /**
     * Reads a description.
     *
     * @param described {@code class_name} and {@code config}, plain values
     * @param version   of Keras
     * @throws IllegalArgumentException if there is no such optimizer here, or it does what none does here: says what
     */
    public static SavedOptimizer of(Map<?, ?> described, String version) {
        int major = version.startsWith("3") ? KERAS_3 : version.startsWith("1") ? 1 : 2;
        String said = String.valueOf(described.get("class_name"));
        String name = said.startsWith(REGISTERED) ? said.substring(REGISTERED.length()) : said;
        if (major == 1 || !KNOWN.contains(name) || !(described.get("config") instanceof Map<?, ?> config)) {
            throw new IllegalArgumentException("it is of " + FormatException.quote(said) + " of Keras " + major
                    + ", and states are read of " + String.join(", ", new TreeSet<>(KNOWN))
                    + " of Keras 2 and 3");
        }
        Map<String, Object> options = new LinkedHashMap<>();
        config.forEach((key, value) -> options.put(String.valueOf(key), value));
        boolean isOld = major < KERAS_3 && !options.containsKey("jit_compile")
                && !Boolean.FALSE.equals(options.get("is_legacy_optimizer"));
        List<String> notes = new ArrayList<>();
        if (isOld) {
            name = asToday(name, options, version);
        }
        schedule(options, notes);
        options.remove("is_legacy_optimizer");
        boolean hasAverages = Boolean.TRUE.equals(options.remove("use_ema"));
        if (hasAverages) {
            notes.add("the averages of its weights (use_ema) are left out: a training here keeps none");
        }
        if (name.equals("Adam") && options.get(DECAY) instanceof Number decay && decay.doubleValue() != 0) {
            name = "AdamW"; // Both are Adam with a decay of its own.
        } else if (name.equals("AdamW") && options.get(DECAY) == null && options.containsKey(DECAY)) {
            name = "Adam";
        }
        return new SavedOptimizer(
                Optimizer.fromConfig(Map.of("class_name", name, "config", options)), !isOld, hasAverages,
                List.copyOf(notes));
    }

    /** Optimizers before TensorFlow 2.11 had other names for options, and other places of epsilon. */
    private static String asToday(String name, Map<String, Object> options, String version) {
        if (options.containsKey("lr")) {
            options.putIfAbsent(RATE, options.remove("lr"));
        }
        boolean isAlone = !version.endsWith("-tf") && (version.startsWith("2.0") || version.startsWith("2.1.")
                || version.startsWith("2.2.") || version.startsWith("2.3."));
        if (isAlone && options.get("clipnorm") != null) {
            options.put("global_clipnorm", options.remove("clipnorm")); // It was the norm of all gradients together.
        }
        if (name.equals("RMSprop") && !(options.get("momentum") instanceof Number m && m.doubleValue() != 0)) {
            options.put("epsilon_outside", true);
        }
        if (name.equals("Adagrad")) {
            throw new IllegalArgumentException("it is of Adagrad before TensorFlow 2.11, which added epsilon outside of"
                    + " the root");
        }
        return name;
    }

    private static void schedule(Map<String, Object> options, List<String> notes) {
        if (options.get(RATE) instanceof Map<?, ?> schedule) {
            String name = FormatException.quote(String.valueOf(schedule.get("class_name")));
            Object start = schedule.get("config") instanceof Map<?, ?> config
                    ? config.get("initial_learning_rate")
                    : null;
            if (!(start instanceof Number)) {
                throw new IllegalArgumentException("its learning rate follows a schedule " + name);
            }
            options.put(RATE, start);
            notes.add("its learning rate followed a schedule " + name + "; here it stays at " + start
                    + " unless you set it, with TrainingLoop.learningRate or in a Callback");
        }
    }
}

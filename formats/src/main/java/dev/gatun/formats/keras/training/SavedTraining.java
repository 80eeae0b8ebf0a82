package dev.gatun.formats.keras.training;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.keras.arrays.SavedArray;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.ObjectiveConfig;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.TrainingState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The state of a training on its way into a model. What does not fit is left out, with a sentence that says why. */
public final class SavedTraining {

    /** What is said of a state that nobody looked at. */
    public static final String NOT_ASKED_FOR = "its optimizer, loss and metrics, and the state of its training, are not"
            + " read unless asked for ('gatun convert' does, and Imported.withTraining); a training begins anew";

    private final SavedOptimizer saved;
    private final List<OptimizerVariable> variables;
    private final LearntWeights weights;
    private final Map<?, ?> compiled;

    private SavedTraining(
            SavedOptimizer saved, List<OptimizerVariable> variables, LearntWeights weights, Map<?, ?> compiled) {
        this.saved = saved;
        this.variables = variables;
        this.weights = weights;
        this.compiled = compiled;
    }

    /**
     * Puts a state into a model, whole or not at all.
     *
     * @param model     open; the state of an earlier training is lost
     * @param saved     the optimizer
     * @param variables all that it keeps, in its order
     * @param weights   that it changed
     * @param compiled  what the file says of loss and metrics; none is fine
     * @return notes for a report
     */
    public static List<String> into(Model model, SavedOptimizer saved, List<OptimizerVariable> variables,
            LearntWeights weights, Map<?, ?> compiled) {
        try {
            return new SavedTraining(saved, variables, weights, compiled).into(model);
        } catch (FormatException | RuntimeException unfit) {
            return List.of(leftOut(FormatException.reason(unfit)));
        }
    }

    /** What is said of a state that does not fit. */
    public static String leftOut(String why) {
        return "the state of its optimizer is left out, and a training begins anew: " + why;
    }

    private List<String> into(Model model) throws FormatException {
        Optimizer optimizer = saved.optimizer();
        SlotOrder order = SlotOrder.of(optimizer, saved.isInterleaved());
        long steps = steps();
        int averages = saved.hasAverages() ? weights.count() : 0;
        int moments = order.slots() * weights.count();
        boolean hasRate = variables.size() > 1 && isRate(variables.get(1), averages + moments);
        List<OptimizerVariable> kept = variables.subList(hasRate ? 2 : 1, variables.size());
        if (hasRate) {
            optimizer = optimizer.learningRate(variables.get(1).array().tensor().toArray()[0]);
        }
        Map<String, Map<Weight, SavedArray>> slots = new LinkedHashMap<>();
        if (!kept.isEmpty() || steps > 0) {
            requireCount(optimizer, kept, averages, moments);
            kept = kept.subList(averages, kept.size());
            for (String slot : optimizer.slotNames()) {
                slots.put(slot, weights.place(arrays(order.of(slot, kept, weights.count()))));
            }
        }
        List<String> notes = new ArrayList<>(saved.notes());
        Optional<ObjectiveConfig> objective = KerasObjective.of(compiled, model, notes);
        fill(model, TrainingState.after(begun(model), optimizer, steps, objective), slots);
        notes.add("its training has made " + steps + " step(s) of " + optimizer.className() + ", now at a learning rate"
                + " of " + (float) optimizer.learningRate() + "; Trainer.resume() goes on from there"
                + objective.map(known -> ", with the loss " + names(known)).orElse(", once it is given a loss"));
        return notes;
    }

    /** The first variable; it is no array that a weight could have. */
    private long steps() throws FormatException {
        if (variables.isEmpty() || !variables.getFirst().isNumber() || !variables.getFirst().array().isWhole()) {
            throw new IllegalArgumentException("it does not say how many steps were made");
        }
        long steps = variables.getFirst().array().whole();
        if (steps < 0) {
            throw new IllegalArgumentException("it says that " + steps + " steps were made");
        }
        return steps;
    }

    /** Files of TensorFlow's own Keras and of a schedule have none; a model may have weights that are numbers, too. */
    private boolean isRate(OptimizerVariable second, int others) throws FormatException {
        return second.isNumber() && !second.array().isWhole() && variables.size() - 1 != others;
    }

    /** Keras 2.3 lists a number for each weight behind the moments, in the place of what only amsgrad has. */
    private void requireCount(Optimizer optimizer, List<OptimizerVariable> kept, int averages, int moments) {
        int expected = averages + moments;
        int more = kept.size() - expected;
        boolean areDummies = more > 0 && more == weights.count() && !saved.isInterleaved()
                && kept.subList(expected, kept.size()).stream().allMatch(each -> each.array().shape().elements() == 1);
        if (more != 0 && !areDummies) {
            throw new IllegalArgumentException("it has " + kept.size() + " arrays, but " + optimizer.className()
                    + " keeps " + expected + " for the " + weights.count() + " trained weights of the model");
        }
    }

    private static List<SavedArray> arrays(List<OptimizerVariable> slot) {
        List<SavedArray> arrays = new ArrayList<>();
        for (OptimizerVariable variable : slot) {
            arrays.add(new SavedArray(variable.place(), variable.place(), variable.array().shape(),
                    variable.array()::tensor));
        }
        return arrays;
    }

    private static String names(ObjectiveConfig objective) {
        return String.join(", ", new LinkedHashSet<>(objective.losses().values().stream().map(Loss::keyword).toList()));
    }

    /** Without the state of an earlier training, whose moments are about to go. */
    private static Model begun(Model model) {
        model.network().progress(null);
        return model;
    }

    /** Moments of weights that were not trained stay as before the first step. */
    private static void fill(Model model, TrainingState state, Map<String, Map<Weight, SavedArray>> slots)
            throws FormatException {
        List<String> names = Optimizer.fromConfig(state.optimizer()).slotNames();
        for (Map.Entry<String, Map<Weight, SavedArray>> slot : slots.entrySet()) {
            int index = names.indexOf(slot.getKey());
            for (Map.Entry<Weight, SavedArray> moment : slot.getValue().entrySet()) {
                moment.getKey().set(state.slots().get(index), moment.getValue().numbers().read());
            }
        }
        model.network().progress(state);
    }
}

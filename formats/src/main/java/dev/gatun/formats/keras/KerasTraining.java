package dev.gatun.formats.keras;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.hdf5.Hdf5Dataset;
import dev.gatun.formats.hdf5.Hdf5Tree;
import dev.gatun.formats.keras.training.LearntWeights;
import dev.gatun.formats.keras.training.OptimizerVariable;
import dev.gatun.formats.keras.training.SavedOptimizer;
import dev.gatun.formats.keras.training.SavedTraining;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The state of a training in files of Keras 3: {@code optimizer/vars} with steps, learning rate and moments by their numbers. Which
 * optimizer it is stands in the configuration of the model.
 */
final class KerasTraining {

    static final String GROUP = "optimizer";

    private static final String VARIABLES = GROUP + "/vars";

    private KerasTraining() {}

    /**
     * What the configuration and the file have of a training goes into the model.
     *
     * @param compiled what the model was compiled with, null if it was not
     * @param version  of Keras
     * @param weights  all of the model's, in Keras's order
     * @return notes for the report
     */
    static List<String> into(Model model, Hdf5Tree hdf, Object compiled, String version, List<Weight> weights)
            throws FormatException {
        if (!(compiled instanceof Map<?, ?> said) || said.get("optimizer") == null) {
            return hdf.hasGroup(GROUP)
                    ? List.of(SavedTraining.leftOut("nothing says which optimizer it is of"))
                    : List.of();
        }
        try {
            if (!(said.get("optimizer") instanceof Map<?, ?> described)) {
                throw new IllegalArgumentException("nothing says how its optimizer is set");
            }
            return into(model, hdf, SavedOptimizer.of(described, version), weights, said);
        } catch (IllegalArgumentException unknown) {
            return List.of(SavedTraining.leftOut(unknown.getMessage()));
        }
    }

    /** As above, of an optimizer that is known. */
    static List<String> into(Model model, Hdf5Tree hdf, SavedOptimizer optimizer, List<Weight> weights,
            Map<?, ?> compiled) throws FormatException {
        List<OptimizerVariable> variables;
        try {
            variables = variables(hdf);
        } catch (RuntimeException damaged) { // Of jHDF, too.
            return List.of(SavedTraining.leftOut(FormatException.reason(damaged)));
        }
        return variables.isEmpty()
                ? List.of(SavedTraining.leftOut("the file has none"))
                : SavedTraining.into(model, optimizer, variables, LearntWeights.asTheyAre(weights), compiled);
    }

    private static List<OptimizerVariable> variables(Hdf5Tree hdf) {
        List<OptimizerVariable> variables = new ArrayList<>();
        int count = hdf.names(VARIABLES).size();
        for (int number = 0; number < count; number++) {
            String place = VARIABLES + "/" + number;
            Hdf5Dataset array = hdf.dataset(place);
            if (array == null) {
                throw new IllegalArgumentException("it has no " + place);
            }
            variables.add(new OptimizerVariable(place, array));
        }
        return variables;
    }
}

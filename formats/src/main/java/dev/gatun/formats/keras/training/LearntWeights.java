package dev.gatun.formats.keras.training;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.keras.arrays.SavedArray;
import dev.gatun.layers.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights that a file's optimizer changed, in its order, and what its arrays are for them. */
public interface LearntWeights {

    /** How many variables the optimizer changed. */
    int count();

    /**
     * What of an optimizer's slot is for which weight.
     *
     * @param slot one array for each variable
     * @throws FormatException          if one is not for its weight
     * @throws IllegalArgumentException likewise
     */
    Map<Weight, SavedArray> place(List<SavedArray> slot) throws FormatException;

    /** Where each variable is a weight as it is here. */
    static LearntWeights asTheyAre(List<Weight> weights) {
        List<Weight> learnt = weights.stream().filter(Weight::isTrainable).toList();
        return new LearntWeights() {
            @Override
            public int count() {
                return learnt.size();
            }

            @Override
            public Map<Weight, SavedArray> place(List<SavedArray> slot) {
                Map<Weight, SavedArray> placed = new LinkedHashMap<>();
                for (int i = 0; i < learnt.size(); i++) {
                    Weight weight = learnt.get(i);
                    if (!slot.get(i).shape().equals(weight.shape())) {
                        throw new IllegalArgumentException(slot.get(i).place() + " has shape " + slot.get(i).shape()
                                + ", but the weight '" + weight.name() + "' has shape " + weight.shape());
                    }
                    placed.put(weight, slot.get(i));
                }
                return placed;
            }
        };
    }
}

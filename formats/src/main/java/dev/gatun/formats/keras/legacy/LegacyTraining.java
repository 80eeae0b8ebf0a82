package dev.gatun.formats.keras.legacy;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.hdf5.Hdf5Dataset;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.keras.arrays.ModelWeight;
import dev.gatun.formats.keras.arrays.SavedArray;
import dev.gatun.formats.keras.arrays.WeightPlaces;
import dev.gatun.formats.keras.training.LearntWeights;
import dev.gatun.formats.keras.training.OptimizerVariable;
import dev.gatun.formats.keras.training.SavedOptimizer;
import dev.gatun.formats.keras.training.SavedTraining;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a training in older HDF5 files: the attribute {@code training_config} names the optimizer, the group
 * {@code optimizer_weights} lists its arrays in order. They lie as the weights do that they belong to, so what is done to those
 * when they are read is done to them.
 *
 * @param hdf    the file
 * @param header of it
 * @param saved  its weights
 */
record LegacyTraining(Hdf5File hdf, LegacyHeader header, LegacyLayers saved) {

    static final String CONFIG = "training_config";
    static final String GROUP = "optimizer_weights";

    /** What the file has of a training goes into the model. */
    List<String> into(Model model) {
        if (!header.isCompiled() && !header.hasOptimizer()) {
            return List.of();
        }
        try {
            Map<String, Object> compiled = compiled();
            return SavedTraining.into(
                    model, optimizer(compiled), variables(), new Learnt(ModelWeight.of(model)), compiled);
        } catch (FormatException | RuntimeException unfit) { // Of jHDF, too.
            return List.of(SavedTraining.leftOut(FormatException.reason(unfit)));
        }
    }

    private Map<String, Object> compiled() throws FormatException {
        String text = hdf.text("", CONFIG);
        if (text == null) {
            throw new IllegalArgumentException("nothing says which optimizer it is of");
        }
        return PlainJson.object("its " + CONFIG, text);
    }

    private SavedOptimizer optimizer(Map<String, Object> compiled) {
        if (!(compiled.get("optimizer_config") instanceof Map<?, ?> described)) {
            throw new IllegalArgumentException("nothing says how its optimizer is set");
        }
        return SavedOptimizer.of(described, header.version());
    }

    private List<OptimizerVariable> variables() throws FormatException {
        List<String> names = LegacyLayers.texts(hdf, GROUP, LegacyLayers.WEIGHTS);
        List<OptimizerVariable> variables = new ArrayList<>();
        for (String name : names == null ? List.<String>of() : names) {
            String place = GROUP + "/" + name;
            Hdf5Dataset array = hdf.dataset(place);
            if (array == null) {
                throw new IllegalArgumentException("it has no " + place + ", which it lists");
            }
            variables.add(new OptimizerVariable(place, array));
        }
        if (variables.isEmpty()) {
            throw new IllegalArgumentException("the file has none");
        }
        return variables;
    }

    /** The arrays of layers that are trained; a layer lists those that are first. */
    private final class Learnt implements LearntWeights {

        private final Map<String, List<ModelWeight>> own;
        private final Map<String, List<SavedArray>> learnt = new LinkedHashMap<>();

        Learnt(Map<String, List<ModelWeight>> own) {
            this.own = own;
            saved.arrays().forEach((layer, arrays) -> {
                if (!arrays.isEmpty()) {
                    int kept = weights(layer, false).size();
                    boolean isFrozen = weights(layer, true).isEmpty();
                    learnt.put(layer, isFrozen ? List.of() : arrays.subList(0, Math.max(0, arrays.size() - kept)));
                }
            });
        }

        private List<ModelWeight> weights(String layer, boolean areTrained) {
            List<ModelWeight> all = own.get(layer);
            if (all == null) {
                throw new IllegalArgumentException("its layer " + FormatException.quote(layer)
                        + " is called otherwise in the configuration");
            }
            return all.stream().filter(each -> each.weight().isTrainable() == areTrained).toList();
        }

        @Override
        public int count() {
            return learnt.values().stream().mapToInt(List::size).sum();
        }

        @Override
        public Map<Weight, SavedArray> place(List<SavedArray> slot) throws FormatException {
            WeightPlaces places = new WeightPlaces(why -> new FormatException("its state", why), header.flipsKernels());
            Map<Weight, SavedArray> placed = new LinkedHashMap<>();
            int next = 0;
            for (Map.Entry<String, List<SavedArray>> layer : learnt.entrySet()) {
                List<SavedArray> moments = new ArrayList<>();
                for (SavedArray array : layer.getValue()) {
                    SavedArray moment = slot.get(next++);
                    moments.add(new SavedArray(array.name(), moment.place(), moment.shape(), moment.numbers()));
                }
                List<ModelWeight> weights = weights(layer.getKey(), true);
                requireAsMany(layer.getKey(), weights, moments);
                for (WeightPlaces.Placed one : places.of("layer '" + layer.getKey() + "'", weights, moments)) {
                    placed.put(one.weight().weight(), one.array());
                }
            }
            return placed;
        }

        /** Two biases of cuDNN that are added have a moment each, which has no sum. */
        private void requireAsMany(String layer, List<ModelWeight> weights, List<SavedArray> moments) {
            long there = moments.stream().mapToLong(each -> each.shape().elements()).sum();
            long here = weights.stream().mapToLong(each -> each.shape().elements()).sum();
            if (there != here) {
                throw new IllegalArgumentException("it has " + there + " numbers for layer '" + layer + "', whose "
                        + "weights have " + here + " here");
            }
        }
    }
}

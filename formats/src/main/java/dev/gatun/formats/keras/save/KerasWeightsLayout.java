package dev.gatun.formats.keras.save;

import dev.gatun.formats.hdf5.write.Hdf5Writer;
import dev.gatun.formats.hdf5.write.WrittenGroup;
import dev.gatun.formats.keras.training.WrittenTraining;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.nested.Nested;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** How the weights of a model lie in Keras's HDF5 files. */
public final class KerasWeightsLayout {

    private final Model model;
    private final Map<Nested, SavedModel> models = SavedGraph.models();
    private final SavedModel saved;

    /**
     * Finds the places.
     *
     * @param model open
     * @throws IllegalArgumentException naming the layer or option that Keras does not have
     */
    public KerasWeightsLayout(Model model) {
        this.model = model;
        model.graph().shared().forEach((place, first) -> {
            throw new IllegalArgumentException("Layer '" + place + "' is the same as '" + first
                    + "' in a model that is a layer, and Keras's files have its calls in one model only; save the model"
                    + " as .gatun");
        });
        this.saved = SavedGraph.of(model.graph(), models);
    }

    /** {@return for each weight, as {@code layer/weight}, the path of its dataset} */
    public SequencedMap<String, String> places() {
        return new WeightPlaces(saved, models).of(model.graph());
    }

    /** {@return the weights in the order in which Keras lists them} */
    public List<Weight> ordered() {
        return VariableOrder.of(saved, models).of(places()).stream().map(model::weight).toList();
    }

    /** {@return the file; its numbers are those that the model has when it is written} */
    public Hdf5Writer file() {
        return file(WrittenTraining.of(model));
    }

    /** As {@link #file()}, with the state of this training. */
    Hdf5Writer file(Optional<WrittenTraining> training) {
        WrittenGroup root = new WeightGroups(saved, models).of(model);
        training.ifPresent(state -> state.addTo(root, ordered()));
        return new Hdf5Writer(root);
    }

    /** The model as Keras writes it. */
    SavedModel saved() {
        return saved;
    }
}

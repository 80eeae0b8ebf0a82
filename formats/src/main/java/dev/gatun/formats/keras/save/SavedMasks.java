package dev.gatun.formats.keras.save;

import dev.gatun.formats.keras.save.Operations.Result;
import dev.gatun.layers.AdditiveAttention;
import dev.gatun.layers.Attention;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.Masking;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The masks that Keras's values carry, as operations beside the layers. Those that no call is given lead to no output and are not
 * written. What a model that is a layer makes carries a mask only when it runs, and none here. Source: {@code compute_mask} of
 * {@code keras/src/layers}.
 */
final class SavedMasks {

    private static final int FEATURES = 3;

    private final Operations operations;
    private final Map<Place, SavedTensor> masks = new HashMap<>();

    SavedMasks(Operations operations) {
        this.operations = operations;
    }

    /** An output of a call, by identity of its node. */
    private record Place(SavedNode node, int call, int output) {
        static Place of(SavedTensor tensor) {
            return new Place(tensor.node(), tensor.call(), tensor.output());
        }
    }

    /** The mask of a value; null for none. */
    SavedTensor of(SavedTensor tensor) {
        return masks.get(Place.of(tensor));
    }

    /**
     * Finds the masks of what a call makes.
     *
     * @param layer that was called
     * @param data  it reads
     * @param given mask it was given by name; null for none
     * @param made  by the call
     */
    void add(Layer layer, List<SavedTensor> data, SavedTensor given, List<SavedTensor> made) {
        if (layer instanceof Nested) {
            return;
        }
        LayerType<Layer> type = BuiltInTypes.ALL.of(layer);
        SavedTensor mask = mask(layer, type.masks(layer), data, given);
        for (int output = 0; mask != null && output < made.size(); output++) {
            SavedTensor value = made.get(output);
            boolean carries = type.masks(layer) != MaskRule.CONSUME || value.shape().rank() >= FEATURES;
            if (carries && type.carriesMask(layer, output)) {
                masks.put(Place.of(value), mask);
            }
        }
    }

    private SavedTensor mask(Layer layer, MaskRule rule, List<SavedTensor> data, SavedTensor given) {
        SavedTensor first = data.getFirst();
        return switch (rule) {
            case DROP, REFUSE -> null;
            case PASS, CONSUME -> {
                SavedTensor mask = given == null ? of(first) : given;
                boolean copies = layer instanceof Attention || layer instanceof AdditiveAttention;
                yield mask != null && copies ? converted(mask) : mask;
            }
            case PRODUCE -> made(layer, first);
            case COMBINE_ALL -> either(data);
            case COMBINE -> layer instanceof Concatenate ? joined(layer, data) : null;
        };
    }

    private SavedTensor converted(SavedTensor mask) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("dtype", null);
        config.put("sparse", null);
        config.put("ragged", null);
        return operations.unnamed(Operations.CORE, "ConvertToTensor", config, Result.like(mask), mask);
    }

    private SavedTensor made(Layer layer, SavedTensor read) {
        if (layer instanceof Embedding) {
            return compared(read, 0L);
        }
        return layer instanceof Masking ? any(compared(read, layer.config().get("mask_value"))) : null;
    }

    private SavedTensor compared(SavedTensor read, Object with) {
        return operations.unnamed(Operations.NUMPY, "NotEqual", Map.of(), Result.bool(read.shape()), read, with);
    }

    private SavedTensor any(SavedTensor elements) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("axis", -1L);
        config.put("keepdims", false);
        return operations.unnamed(Operations.NUMPY, "Any", config, Result.bool(steps(elements.shape())), elements);
    }

    private static Shape steps(Shape shape) {
        long[] sizes = shape.toArray();
        return Shape.of(Arrays.copyOf(sizes, sizes.length - 1));
    }

    private SavedTensor either(List<SavedTensor> data) {
        SavedTensor all = null;
        for (SavedTensor value : data) {
            SavedTensor mask = of(value);
            if (mask == null) {
                return null;
            }
            all = all == null ? mask : or(all, mask, mask.shape());
        }
        return all;
    }

    private SavedTensor or(SavedTensor one, SavedTensor other, Shape shape) {
        return operations.unnamed(Operations.NUMPY, "LogicalOr", Map.of(), Result.bool(shape), one, other);
    }

    /** Masks of values that are put behind each other; of one without a mask all steps count. */
    private SavedTensor joined(Layer layer, List<SavedTensor> data) {
        if (data.stream().allMatch(value -> of(value) == null)) {
            return null;
        }
        List<Object> parts = new ArrayList<>();
        for (SavedTensor value : data) {
            SavedTensor mask = of(value);
            Result spread = Result.bool(value.shape());
            if (mask == null) {
                parts.add(operations.unnamed(Operations.NUMPY, "OnesLike", Map.of("dtype", SavedTensor.BOOL), spread,
                        value));
            } else {
                SavedTensor expanded = operations.unnamed(Operations.NUMPY, "ExpandDims", Map.of("axis", -1L),
                        Result.bool(column(mask.shape())), mask);
                SavedTensor zeros = operations.unnamed(Operations.NUMPY, "ZerosLike",
                        Map.of("dtype", SavedTensor.BOOL), spread, value);
                parts.add(or(expanded, zeros, value.shape()));
            }
        }
        Shape whole = data.getFirst().shape();
        return any(operations.unnamed(Operations.NUMPY, "Concatenate", Map.of("axis", layer.config().get("axis")),
                Result.bool(whole), (Object) parts));
    }

    private static Shape column(Shape steps) {
        long[] sizes = Arrays.copyOf(steps.toArray(), steps.rank() + 1);
        sizes[sizes.length - 1] = 1;
        return Shape.of(sizes);
    }
}

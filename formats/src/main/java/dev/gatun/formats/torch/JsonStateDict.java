package dev.gatun.formats.torch;

import dev.gatun.formats.build.NumberBlock;
import dev.gatun.memory.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** A state dict whose tensors were written as arrays in arrays. */
final class JsonStateDict implements StateDict {

    private final String file;
    private final SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, NumberBlock> blocks = new LinkedHashMap<>();

    /**
     * Of an object of a file.
     *
     * @throws IllegalArgumentException if a value is no array of numbers with the same length in each row
     */
    JsonStateDict(String file, Map<String, Object> json) {
        this.file = file;
        json.forEach((name, value) -> {
            if (value instanceof Number) {
                shapes.put(name, Shape.of()); // A counter of batches.
            } else if (!(value instanceof List<?> || value instanceof float[])) {
                throw new IllegalArgumentException("tensor '" + name + "' is no array of numbers; write it as one, for"
                        + " example with tolist() in Python");
            } else {
                NumberBlock block = NumberBlock.of("tensor '" + name + "'", value, levels(value));
                long[] dims = new long[block.dims().length];
                for (int axis = 0; axis < dims.length; axis++) {
                    dims[axis] = block.dim(axis);
                }
                shapes.put(name, Shape.of(dims));
                blocks.put(name, block);
            }
        });
    }

    /** JSON is no deeper than its reader lets it be. */
    private static int levels(Object value) {
        return value instanceof List<?> list && !list.isEmpty() ? 1 + levels(list.getFirst()) : 1;
    }

    @Override
    public String file() {
        return file;
    }

    @Override
    public String format() {
        return "PyTorch state dict in JSON";
    }

    @Override
    public SequencedMap<String, Shape> shapes() {
        return shapes;
    }

    @Override
    public boolean isInOrder() {
        return true;
    }

    @Override
    public Set<String> otherTypes() {
        return Set.of();
    }

    @Override
    public float[] numbers(String name) {
        return blocks.get(name).values();
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}

package dev.gatun.formats.onnx.own;

import dev.gatun.memory.FloatSource;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The numbers of all weights, in the model's order.
 *
 * @param shapes  by weight
 * @param firsts  by weight where its numbers begin
 * @param numbers of all
 * @param origins by weight the initializers that hold its numbers
 */
record FoundWeights(
        Map<String, Shape> shapes, Map<String, Integer> firsts, float[] numbers,
        Map<String, Set<String>> origins) {

    FoundWeights(Map<String, Shape> shapes, Map<String, Integer> firsts, float[] numbers) {
        this(shapes, firsts, numbers, new TreeMap<>());
    }

    void tell(String weight, String initializer) {
        origins.computeIfAbsent(weight, name -> new LinkedHashSet<>()).add(initializer);
    }

    /** @throws IllegalArgumentException if there are fewer or more numbers than the weight has */
    void put(String weight, float[] given) {
        if (given.length != shapes.get(weight).elements()) {
            throw new IllegalArgumentException("the weight '" + weight + "' " + shapes.get(weight) + " has "
                    + given.length + " numbers");
        }
        System.arraycopy(given, 0, numbers, firsts.get(weight), given.length);
        origins.put(weight, Set.of(OwnEntries.WEIGHTS));
    }

    Tensor tensor(String weight) {
        Shape shape = shapes.get(weight);
        int first = firsts.get(weight);
        return Tensor.of(Arrays.copyOfRange(numbers, first, first + Math.toIntExact(shape.elements())),
                shape.toArray());
    }

    FloatSource source(String weight) {
        int start = firsts.get(weight);
        return (first, target, count) -> System.arraycopy(numbers, Math.toIntExact(start + first), target, 0, count);
    }

    /** For the report: name, shape and where it comes from. */
    String line(String layer, String weight) {
        return weight.substring(layer.length() + 1) + " " + shapes.get(weight) + " <- "
                + String.join(", ", origins.getOrDefault(weight, Set.of()));
    }
}

package dev.gatun.formats.keras.arrays;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which array becomes which weight. Keras lists the weights of a layer in order, those that are trained first, and so its own
 * reader takes them; the names are held against that, and decide if the order is another.
 */
public final class WeightPlaces {

    /** Weights that have these names in all versions since Keras 2. */
    private static final Set<String> KNOWN = Set.of("kernel", "recurrent_kernel", "bias", "embeddings", "gamma", "beta",
            "moving_mean", "moving_variance", "depthwise_kernel", "pointwise_kernel", "alpha");

    private final Function<String, FormatException> wrong;
    private final boolean flips;

    /**
     * @param wrong makes the exception for the rest of a sentence that begins with the file
     * @param flips whether convolutions ran backwards where they were trained
     */
    public WeightPlaces(Function<String, FormatException> wrong, boolean flips) {
        this.wrong = wrong;
        this.flips = flips;
    }

    /** One weight and what it becomes. */
    public record Placed(ModelWeight weight, SavedArray array) {
        /** For a report. */
        public String line() {
            return weight.name() + " " + weight.shape() + " <- " + array.place();
        }
    }

    /**
     * The places of all arrays.
     *
     * @param owner   of the arrays, for messages
     * @param weights in the model's order
     * @param arrays  in the file's order
     * @throws FormatException if there are more or fewer, or others
     */
    public List<Placed> of(String owner, List<ModelWeight> weights, List<SavedArray> arrays) throws FormatException {
        return asListed(owner, trainedFirst(weights), arrays);
    }

    /** The weights of a layer as Keras lists them. */
    public static List<ModelWeight> trainedFirst(List<ModelWeight> weights) {
        return Stream.concat(weights.stream().filter(each -> each.weight().isTrainable()),
                weights.stream().filter(each -> !each.weight().isTrainable())).toList();
    }

    /**
     * The places of all arrays, of weights in an order that is known.
     *
     * @param owner   of the arrays, for messages
     * @param ordered as the file is thought to have them
     * @param arrays  in the file's order
     * @throws FormatException if there are more or fewer, or others
     */
    public List<Placed> asListed(String owner, List<ModelWeight> ordered, List<SavedArray> arrays)
            throws FormatException {
        List<Placed> placed = inOrder(ordered, arrays);
        if (placed == null || !placed.stream().allMatch(WeightPlaces::fits)) {
            List<Placed> named = byNames(ordered, arrays);
            placed = named == null ? placed : named;
        }
        if (placed == null) {
            throw wrong.apply("holds " + arrays.size() + " arrays for " + owner + ", expected "
                    + (ordered.isEmpty() ? "none" : ordered.size() + ": " + names(ordered)));
        }
        for (Placed each : placed) {
            if (!each.array().shape().equals(each.weight().shape())) {
                throw wrong.apply("has " + each.array().place() + " of shape " + each.array().shape()
                        + ", but the weight '" + each.weight().weight().name() + "' has shape "
                        + each.weight().shape());
            }
            if (!fitsName(each)) {
                throw wrong.apply("has " + each.array().place() + " where the weight '" + each.weight().weight().name()
                        + "' should be");
            }
        }
        return placed;
    }

    private List<Placed> inOrder(List<ModelWeight> weights, List<SavedArray> arrays) {
        Deque<SavedArray> left = new ArrayDeque<>(arrays);
        List<Placed> placed = new ArrayList<>();
        for (int at = 0; at < weights.size();) {
            RecurrentArrays recurrent = RecurrentArrays.at(weights, at);
            List<SavedArray> taken = recurrent == null ? null : recurrent.taken(left);
            if (taken == null) {
                if (left.isEmpty()) {
                    return null;
                }
                taken = List.of(KernelArray.of(left.remove(), weights.get(at).shape(), flips));
            }
            for (SavedArray array : taken) {
                placed.add(new Placed(weights.get(at++), array));
            }
        }
        return left.isEmpty() ? placed : null;
    }

    /** Each weight by its own name and that of what it is in; null if that does not tell them apart. */
    private List<Placed> byNames(List<ModelWeight> weights, List<SavedArray> arrays) {
        List<Placed> placed = new ArrayList<>();
        Deque<SavedArray> left = new ArrayDeque<>(arrays);
        for (ModelWeight weight : weights) {
            List<SavedArray> alike = left.stream().filter(array -> isNamed(array, weight)).toList();
            if (alike.size() != 1) {
                return null;
            }
            left.remove(alike.getFirst());
            placed.add(new Placed(weight, KernelArray.of(alike.getFirst(), weight.shape(), flips)));
        }
        return left.isEmpty() ? placed : null;
    }

    private static boolean isNamed(SavedArray array, ModelWeight weight) {
        String[] path = weight.weight().name().split("/");
        List<String> steps = List.of(array.name().split("/"));
        return array.role().equals(weight.role()) && (path.length < 3 || steps.contains(path[path.length - 2]));
    }

    private static boolean fits(Placed placed) {
        return placed.array().shape().equals(placed.weight().shape()) && fitsName(placed);
    }

    private static boolean fitsName(Placed placed) {
        String role = placed.array().role();
        return !KNOWN.contains(role) || role.equals(placed.weight().role());
    }

    private static String names(List<ModelWeight> weights) {
        return String.join(", ", weights.stream().map(weight -> weight.name() + " " + weight.shape()).toList());
    }

    /** Sizes of a shape, or none if it has another number of axes. */
    static long[] sizes(Shape shape, int axes) {
        return shape.rank() == axes ? shape.toArray() : null;
    }
}

package dev.gatun.formats.onnx.own;

import dev.gatun.formats.WeightShapes;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.graph.OnnxExport;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.onnx.OnnxTensor;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where each number of the weights lies in the nodes of a model. The nodes are written with a mark in the place of every
 * number; whatever order a layer writes its weights in, there its marks are found again. A mark is the least normal float32
 * and what follows it: a copy keeps it, and so does a sum with 0; other arithmetic makes it something that is no mark of the
 * model, or a wrong one: so what is read by marks is written again and compared.
 */
final class WeightMarks {

    private static final int FIRST = Float.floatToRawIntBits(Float.MIN_NORMAL);
    /** More than a message of protobuf holds. */
    private static final long MOST = 1 << 29;

    private final Map<String, Shape> shapes;
    /** Weights by their first mark. */
    private final TreeMap<Integer, String> names = new TreeMap<>();
    private final Map<String, Integer> firsts = new TreeMap<>();
    private final int count;
    private final OnnxGraph marked;

    private WeightMarks(Graph graph) {
        this.shapes = WeightShapes.of(graph);
        long next = 0;
        for (Map.Entry<String, Shape> weight : shapes.entrySet()) {
            names.put((int) next, weight.getKey());
            firsts.put(weight.getKey(), (int) next);
            next += weight.getValue().elements();
            if (next > MOST) {
                throw new IllegalArgumentException("it has more than " + MOST + " weights");
            }
        }
        this.count = (int) next;
        this.marked = OnnxExport.of(graph, this::marks);
    }

    /** @throws IllegalArgumentException if a layer cannot be written, or there are more weights than a file holds */
    static WeightMarks of(Graph graph) {
        return new WeightMarks(graph);
    }

    private Tensor marks(String name) {
        Shape shape = shapes.get(name);
        float[] marks = new float[Math.toIntExact(shape.elements())];
        int first = FIRST + firsts.get(name);
        for (int i = 0; i < marks.length; i++) {
            marks[i] = Float.intBitsToFloat(first + i);
        }
        return Tensor.of(marks, shape.toArray());
    }

    /** Which number of the weights it is; -1 if it is no mark. */
    private int index(float number) {
        int index = Float.floatToRawIntBits(number) - FIRST;
        return index < count ? Math.max(index, -1) : -1;
    }

    /** The weights of which not every number is there as it is. */
    List<String> changed() {
        BitSet found = new BitSet(count);
        for (OnnxTensor tensor : marked.initializers()) {
            if (tensor.type() == OnnxType.FLOAT) {
                for (float number : tensor.floats()) {
                    int index = index(number);
                    if (index >= 0) {
                        found.set(index);
                    }
                }
            }
        }
        return changed(found);
    }

    private List<String> changed(BitSet found) {
        List<String> changed = new ArrayList<>();
        shapes.forEach((name, shape) -> {
            int first = firsts.get(name);
            if (found.nextClearBit(first) < first + shape.elements()) {
                changed.add(name);
            }
        });
        return changed;
    }

    /**
     * The weights that a file's numbers are.
     *
     * @param initializers of the file
     * @param given        weights that the nodes do not hold as they are
     * @throws IllegalArgumentException if they do not fit the model
     */
    FoundWeights found(Map<String, NumberArray> initializers, Map<String, float[]> given) {
        FoundWeights weights = new FoundWeights(shapes, firsts, new float[count]);
        BitSet found = new BitSet(count);
        for (OnnxTensor tensor : marked.initializers()) {
            if (tensor.type() == OnnxType.FLOAT) {
                collect(tensor, floats(tensor, initializers.get(tensor.name())), weights, found);
            }
        }
        List<String> changed = changed(found);
        if (!given.keySet().equals(new HashSet<>(changed))) {
            throw new IllegalArgumentException("it holds the weights " + given.keySet()
                    + " beside its nodes, expected " + changed);
        }
        given.forEach(weights::put);
        return weights;
    }

    private void collect(OnnxTensor tensor, float[] file, FoundWeights weights, BitSet found) {
        float[] marks = tensor.floats();
        int last = 0;
        for (int i = 0; i < marks.length; i++) {
            int index = index(marks[i]);
            if (index >= 0) {
                weights.numbers()[index] = file[i];
                found.set(index);
                if (i == 0 || index != last + 1) {
                    weights.tell(names.floorEntry(index).getValue(), tensor.name());
                }
                last = index;
            }
        }
    }

    private static float[] floats(OnnxTensor tensor, NumberArray file) {
        long expected = tensor.shape().elements();
        if (file == null || file.type() != NumberType.FLOAT32 || file.count() != expected) {
            throw new IllegalArgumentException("its initializer '" + tensor.name() + "' is "
                    + (file == null ? "not there" : file) + ", expected " + tensor);
        }
        return file.floats();
    }
}

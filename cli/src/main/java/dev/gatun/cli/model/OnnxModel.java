package dev.gatun.cli.model;

import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.formats.onnx.OnnxArray;
import dev.gatun.formats.onnx.OnnxPort;
import dev.gatun.formats.onnx.OnnxRunner;
import dev.gatun.formats.tensors.NumberType;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An ONNX graph that runs as it stands, node after node, with its axes as they are there.
 *
 * @param runner the graph
 */
record OnnxModel(OnnxRunner runner) implements RunnableModel {

    /** What every lookup knows. */
    private static final int LEAST_IDS = 2;
    /** Where the file does not say how many axes there are. */
    private static final Shape ANY = Shape.of(Shape.UNKNOWN, Shape.UNKNOWN);

    @Override
    public ModelShape shape() {
        List<OnnxPort> given = required();
        List<Boolean> whole = given.stream().map(port -> port.type().filter(OnnxModel::isWhole).isPresent()).toList();
        return new ModelShape(given.stream().map(OnnxPort::name).toList(),
                given.stream().map(port -> port.shape().orElse(ANY)).toList(), whole, whole,
                given.stream().map(port -> false).toList());
    }

    private static boolean isWhole(NumberType type) {
        return type.isWhole() || type == NumberType.BOOL;
    }

    /** Those without a default. */
    private List<OnnxPort> required() {
        return runner.inputs().stream().filter(port -> !port.isOptional()).toList();
    }

    @Override
    public List<String> outputNames() {
        return runner.outputs().stream().map(OnnxPort::name).toList();
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs) {
        List<OnnxPort> ports = required();
        Map<String, OnnxArray> given = new LinkedHashMap<>();
        for (int i = 0; i < ports.size(); i++) {
            OnnxArray array = array(inputs.get(i));
            given.put(ports.get(i).name(), ports.get(i).type().map(array::as).orElse(array));
        }
        List<Tensor> made = new ArrayList<>();
        runner.run(given).forEach((name, array) -> made.add(tensor(name, array)));
        return made;
    }

    private static OnnxArray array(Tensor tensor) {
        int[] sizes = Arrays.stream(tensor.shape().toArray()).mapToInt(Math::toIntExact).toArray();
        return tensor.type() == DataType.INT32
                ? OnnxArray.longs(Arrays.stream(tensor.toIntArray()).asLongStream().toArray(), sizes)
                : OnnxArray.floats(tensor.toArray(), sizes);
    }

    /**
     * Whole numbers stay whole.
     *
     * @throws IllegalArgumentException if one of them does not fit 32 bits, which is what a tensor holds
     */
    private static Tensor tensor(String name, OnnxArray array) {
        long[] sizes = array.shape().toArray();
        if (!array.type().isWhole()) {
            return Tensor.of(array.toFloats(), sizes);
        }
        long[] longs = array.toLongs();
        for (long number : longs) {
            if (number != (int) number || number < 0 && array.type() == NumberType.UINT64) {
                throw new IllegalArgumentException("the output " + name + " holds the whole number "
                        + (array.type() == NumberType.UINT64 ? Long.toUnsignedString(number) : String.valueOf(number))
                        + ", which int32 does not have, and float32 would change it; run the graph by OnnxRunner in"
                        + " Java, which gives " + array.type() + ", or put a Cast to float behind it");
            }
        }
        return Tensor.ofInts(Arrays.stream(longs).mapToInt(number -> (int) number).toArray(), sizes);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(List.of("the graph is no stack of layers: it runs node after node"));
        notes.addAll(runner.notes());
        return notes;
    }

    @Override
    public int vocabulary() {
        return LEAST_IDS;
    }

    @Override
    public Optional<Model> model() {
        return Optional.empty();
    }

    /** Nothing is open. */
    @Override
    public void close() {}
}

package dev.gatun.cli.model;

import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.formats.Imported;
import dev.gatun.formats.onnx.OnnxArray;
import dev.gatun.formats.onnx.OnnxPort;
import dev.gatun.formats.onnx.OnnxRunner;
import dev.gatun.formats.tensors.NumberType;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An ONNX graph that runs as it stands, node after node, with its axes as they are there.
 *
 * @param runner the graph
 * @param why    it is no model of layers
 */
record OnnxModel(OnnxRunner runner, String why) implements RunnableModel {

    /** What every lookup knows. */
    private static final int LEAST_IDS = 2;
    /** Where the file does not say how many axes there are. */
    private static final Shape ANY = Shape.of(Shape.UNKNOWN, Shape.UNKNOWN);

    /** How the reader of layers ends its refusal of a graph that runs. */
    private static final String RUNS = "; OnnxRunner runs it as it stands";

    /**
     * @param refusal what the reader of layers said
     * @throws IOException if the graph does not run either: names what it lacks
     */
    static OnnxModel of(Path file, String refusal) throws IOException {
        OnnxRunner runner = OnnxRunner.open(file);
        String prefix = file + ": ";
        String why = refusal.startsWith(prefix) ? refusal.substring(prefix.length()) : refusal;
        return new OnnxModel(runner, why.endsWith(RUNS) ? why.substring(0, why.length() - RUNS.length()) : why);
    }

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
    public List<Port> inputs() {
        return runner.inputs().stream().map(OnnxModel::port).toList();
    }

    @Override
    public List<Port> outputs() {
        return runner.outputs().stream().map(OnnxModel::port).toList();
    }

    private static Port port(OnnxPort port) {
        return new Port(port.name(), port.shape(),
                port.type().map(type -> type.name().toLowerCase(Locale.ROOT)).orElse(""),
                port.isOptional());
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
        List<String> notes = new ArrayList<>(List.of("the graph runs node after node: it " + why));
        notes.addAll(runner.notes());
        return notes;
    }

    @Override
    public int vocabulary() {
        return LEAST_IDS;
    }

    @Override
    public Optional<Imported> imported() {
        return Optional.empty();
    }

    /** States go in and out of a graph. */
    @Override
    public boolean keepsStates() {
        return false;
    }

    /** There are none. */
    @Override
    public void reset() {}

    /** Nothing is open. */
    @Override
    public void close() {}
}

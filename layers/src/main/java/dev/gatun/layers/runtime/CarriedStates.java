package dev.gatun.layers.runtime;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.CallPlace;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What recurrent layers carry, between the rows that plans read and write and the tensors of a user, by the names of layers. */
public final class CarriedStates {

    private final String model;
    private final List<CarriedCall> calls;

    private CarriedStates(String model, List<CarriedCall> calls) {
        this.model = model;
        this.calls = calls;
    }

    /**
     * Of the recurrent calls of a graph.
     *
     * @param flat what runs
     * @return its states
     */
    public static CarriedStates of(Graph flat) {
        Arguments.required(flat, "CarriedStates.of", "flat", "the graph that runs");
        return new CarriedStates(flat.name(), CarriedCall.of(flat));
    }

    /**
     * Tensors of zeros for every state.
     *
     * @param samples N
     * @return for each layer its states, each [N,U]
     */
    public Map<String, List<Tensor>> zeros(long samples) {
        Map<String, List<Tensor>> zeros = new LinkedHashMap<>();
        for (CarriedCall call : calls) {
            List<Tensor> parts = new ArrayList<>();
            for (int width : call.widths()) {
                parts.add(Tensor.zeros(samples, width));
            }
            zeros.put(call.name(), List.copyOf(parts));
        }
        return zeros;
    }

    /**
     * The check of states that a user gives.
     *
     * @param given   for some layers their states
     * @param samples N
     * @throws ShapeException           if one is not [N,U]
     * @throws IllegalArgumentException if there is no such layer, or it begins at a state that the model computes
     * @throws IllegalStateException    if the memory of a tensor has been freed
     */
    public void require(Map<String, List<Tensor>> given, long samples) {
        Arguments.all(given, "CarriedStates.require", "given", "states by the names of layers");
        given.forEach((name, parts) -> require(named(name), parts, samples));
    }

    private CarriedCall named(String name) {
        for (CarriedCall call : calls) {
            if (call.name().equals(name)) {
                return call;
            }
        }
        throw new IllegalArgumentException("Model '" + model + "' has no recurrent layer '" + name
                + "' to give a state; "
                + (calls.isEmpty() ? "it has none" : "there are " + calls.stream().map(CarriedCall::name).toList()));
    }

    private void require(CarriedCall call, List<Tensor> parts, long samples) {
        String who = "Model '" + model + "', the state of '" + call.name() + "'";
        if (call.begins()) {
            throw new IllegalArgumentException(who + ": the layer begins at a state that the model computes; "
                    + "leave this one out");
        }
        if (parts.size() != call.widths().size()) {
            throw new ShapeException(who + " has " + call.widths().size() + " part(s), "
                    + call.widths().stream().map(width -> Shape.of(samples, width)).toList() + ", got " + parts.size()
                    + "; give all: of an LSTM h and c");
        }
        for (int part = 0; part < parts.size(); part++) {
            Tensor tensor = parts.get(part);
            Shape expected = Shape.of(samples, call.widths().get(part));
            tensor.requireAlive();
            tensor.requireType(DataType.FLOAT32, who);
            if (!tensor.shape().equals(expected)) {
                throw new ShapeException(who + ", part " + part + ": expected shape " + expected + ", got "
                        + tensor.shape() + "; give a row of the layer's units for each sample");
            }
        }
    }

    /** Writes the given states of a batch to rows, which hold zeros. */
    void write(Map<String, List<Tensor>> given, BatchOrder batch, RowsView rows) {
        for (CarriedCall call : calls) {
            List<Tensor> parts = given.getOrDefault(call.name(), List.of());
            for (int part = 0; part < parts.size(); part++) {
                Tensor tensor = parts.get(part);
                for (int b = 0; b < batch.size(); b++) {
                    MemorySegment.copy(tensor.segment(), at(tensor, batch.sample(b)), rows.segment(),
                            rows.at(b) + call.offsets().get(part), bytes(call, part));
                }
            }
            for (int b = 0; call.hasFlag() && !parts.isEmpty() && b < batch.size(); b++) {
                rows.segment().set(JAVA_FLOAT, rows.at(b) + call.offsets().getLast(), CallPlace.BEGUN);
            }
        }
    }

    /** Reads the states of a batch from rows; those that have not begun at what is learned are left out. */
    void read(RowsView rows, BatchOrder batch, Map<String, List<Tensor>> into) {
        for (CarriedCall call : calls) {
            if (call.hasFlag() && batch.size() > 0 && !hasBegun(rows, call)) {
                into.remove(call.name());
                continue;
            }
            for (int part = 0; part < call.widths().size(); part++) {
                Tensor tensor = into.get(call.name()).get(part);
                for (int b = 0; b < batch.size(); b++) {
                    MemorySegment.copy(rows.segment(), rows.at(b) + call.offsets().get(part), tensor.segment(),
                            at(tensor, batch.sample(b)), bytes(call, part));
                }
            }
        }
    }

    /** The rows of a batch begin together. */
    private static boolean hasBegun(RowsView rows, CarriedCall call) {
        return rows.segment().get(JAVA_FLOAT, rows.at(0) + call.offsets().getLast()) == CallPlace.BEGUN;
    }

    private static long at(Tensor tensor, long row) {
        return tensor.baseBytes() + row * tensor.rowBytes();
    }

    private static long bytes(CarriedCall call, int part) {
        return (long) call.widths().get(part) * Float.BYTES;
    }
}

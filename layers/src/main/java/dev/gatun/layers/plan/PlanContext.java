package dev.gatun.layers.plan;

import dev.gatun.layers.value.ValueType;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.WeightGradient;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Where an operation is planned: its inputs, its weights' places, and a way to ask for memory.
 *
 * @param name      the layer's name, for the names of memory
 * @param call      which random numbers and which part of a stream's state are this call's
 * @param mode      what the plan is for
 * @param arguments the values read, by name; their shapes are the largest
 * @param weights   places of the layer's weights
 * @param memory    the plan's memory
 * @param team      the threads that run it
 */
public record PlanContext(
        String name, CallPlace call, ExecutionMode mode, CallArguments<Value> arguments, WeightPlaces weights,
        PlanMemory memory, Team team) {
    /**
     * Checks that all is there.
     *
     * @throws NullPointerException naming what is missing
     */
    public PlanContext {
        Arguments.required(name, "PlanContext", "name", "a name");
        Arguments.required(call, "PlanContext", "call", "the place of the call");
        Arguments.required(mode, "PlanContext", "mode", "for example ExecutionMode.INFERENCE");
        Arguments.required(arguments, "PlanContext", "arguments", "the values that are read");
        Arguments.required(weights, "PlanContext", "weights", "places, WeightPlaces.NONE for a layer without weights");
        Arguments.required(memory, "PlanContext", "memory", "the memory of the plan");
        Arguments.required(team, "PlanContext", "team", "a team");
    }

    /** {@return the mask that the call was given by name, or that its input carries; null if every step counts} */
    public Value mask() {
        if (arguments.ignoresMask()) {
            return null;
        }
        return arguments.mask() == null ? arguments.input().mask() : arguments.mask();
    }

    /** {@return whether the outputs need gradients: there are weights to train here or an input needs one} */
    public boolean requiresGradient() {
        if (!mode.gradients()) {
            return false;
        }
        return weights.isTrained() || arguments.all().stream().anyMatch(Value::requiresGradient);
    }

    /**
     * A value with memory of its own.
     *
     * @param suffix what is put behind the layer's name
     * @param shape  the largest, batch first
     * @return an output of the operation
     */
    public Value output(String suffix, Shape shape) {
        Arguments.required(suffix, "PlanContext.output", "suffix", "an empty text for none");
        Arguments.required(shape, "PlanContext.output", "shape", "for example Shape.of(2, 3)");
        return Value.allocate(name + suffix, ValueType.FLOAT32, shape, requiresGradient(), memory);
    }

    /**
     * A value with memory of its own that no gradient reaches, because it is made of nothing that could change.
     *
     * @param shape the largest, batch first
     * @return an output of the operation
     */
    public Value constantOutput(Shape shape) {
        Arguments.required(shape, "PlanContext.constantOutput", "shape", "for example Shape.of(2, 3)");
        return Value.allocate(name, ValueType.FLOAT32, shape, false, memory);
    }

    /**
     * Whole numbers with memory of their own.
     *
     * @param shape the largest, [B] or [B,T]
     * @return an output of the operation
     */
    public Value wholeOutput(Shape shape) {
        Arguments.required(shape, "PlanContext.wholeOutput", "shape", "for example Shape.of(2, 3)");
        return Value.allocate(name, ValueType.INT32, shape, false, memory);
    }

    /**
     * A mask with memory of its own.
     *
     * @param shape the largest [B,T]
     * @return an output of the operation
     */
    public Value maskOutput(Shape shape) {
        Arguments.required(shape, "PlanContext.maskOutput", "shape", "for example Shape.of(2, 3)");
        return Value.allocate(name + " mask", ValueType.MASK, shape, false, memory);
    }

    /**
     * A value that lies inside memory the operation has asked for.
     *
     * @param suffix      what is put behind the layer's name
     * @param shape       the largest, batch first
     * @param slot        the memory
     * @param offsetBytes where in it the value begins
     * @return an output of the operation
     */
    public Value outputIn(String suffix, Shape shape, Slot slot, long offsetBytes) {
        Arguments.required(suffix, "PlanContext.outputIn", "suffix", "an empty text for none");
        Arguments.required(shape, "PlanContext.outputIn", "shape", "for example Shape.of(2, 3)");
        Arguments.required(slot, "PlanContext.outputIn", "slot", "a place of the plan");
        return Value.at(name + suffix, ValueType.FLOAT32, shape, slot, offsetBytes, requiresGradient(), memory);
    }

    /**
     * A model's input, the same in every mode but that it may have a gradient.
     *
     * @param type  what its numbers are
     * @param shape the largest, batch first
     * @return where the input is copied to
     */
    public Value input(ValueType type, Shape shape) {
        Arguments.required(type, "PlanContext.input", "type", "for example ValueType.FLOAT32");
        Arguments.required(shape, "PlanContext.input", "shape", "for example Shape.of(2, 3)");
        return Value.input(name, type, shape, mode, memory);
    }

    /**
     * Memory for {@code rows} rows of {@code ld} floats.
     *
     * @param what a word for messages
     * @param rows how many
     * @param ld   floats from row to row
     * @return its place
     */
    public Slot workspace(String what, long rows, long ld) {
        Arguments.required(what, "PlanContext.workspace", "what", "a word for messages");
        return memory.workspace(name + " " + what, Shape.of(rows, ld).floatBytes());
    }

    /**
     * Where the gradients of the layer's weights go.
     *
     * @param segments of the plan
     * @return null if there is no way back, or the layer is not trained
     */
    public MemorySegment gradients(Operation.Memory segments) {
        Arguments.required(segments, "PlanContext.gradients", "segments", "what bind was given");
        return weights.isTrained() ? segments.gradients() : null;
    }

    /** {@return scratch for weight gradients, a part for each thread; shared with operations that run at other times} */
    public Slot gradientScratch() {
        return memory.scratch(name + " pack", Math.multiplyExact(WeightGradient.scratchBytes(), (long) team.size()));
    }

    /**
     * The rows of {@link #gradientScratch}, one for each thread; once the plan is complete.
     *
     * @param slot      the scratch
     * @param workspace the memory of the plan
     * @return its rows
     */
    public RowsView gradientScratchRows(Slot slot, MemorySegment workspace) {
        Arguments.required(slot, "PlanContext.gradientScratchRows", "slot", "a place of the plan");
        Arguments.required(workspace, "PlanContext.gradientScratchRows", "workspace", "the memory of the plan");
        return new RowsView(workspace, memory.at(slot), WeightGradient.scratchBytes());
    }
}

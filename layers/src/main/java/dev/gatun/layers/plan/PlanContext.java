package dev.gatun.layers.plan;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.WeightGradient;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.CallArguments;
import dev.gatun.memory.MemoryPlan;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Where an operation is planned: its inputs, its weights' places, and a way to ask for memory.
 *
 * @param name    the layer's name, for the names of memory
 * @param index   position of the call in the graph: a stream of random numbers of its own
 * @param mode what the plan is for
 * @param arguments the values read, by name
 * @param weights places of the layer's weights, in the order of its specs
 * @param memory  the plan's memory
 * @param team    the threads that run it
 */
public record PlanContext(
        String name, int index, ExecutionMode mode, CallArguments<Value> arguments, List<ParameterBlock.Entry> weights,
        MemoryPlan memory,
        Team team) {
    /** @throws NullPointerException naming what is missing */
    public PlanContext {
        Arguments.required(name, "PlanContext", "name", "a name");
        Arguments.required(mode, "PlanContext", "mode", "for example ExecutionMode.INFERENCE");
        Arguments.required(arguments, "PlanContext", "arguments", "the values that are read");
        Arguments.all(weights, "PlanContext", "weights", "places, none for a layer without weights");
        Arguments.required(memory, "PlanContext", "memory", "the plan of the memory");
        Arguments.required(team, "PlanContext", "team", "a team, for example model.team()");
        weights = List.copyOf(weights);
    }

    /** Whether the outputs need gradients: there are weights here or an input needs one. */
    public boolean requiresGradient() {
        if (!mode.gradients()) {
            return false;
        }
        return !weights.isEmpty() || arguments.all().stream().anyMatch(Value::requiresGradient);
    }

    /** An output with memory of its own; shape batch first. */
    public Value output(String suffix, Shape shape) {
        Arguments.required(suffix, "PlanContext.output", "suffix", "an empty text for none");
        Arguments.required(shape, "PlanContext.output", "shape", "for example Shape.of(2, 3)");
        return Value.allocate(name + suffix, shape, requiresGradient(), memory);
    }

    /** An output that lies inside memory the operation has asked for. */
    public Value outputAt(String suffix, Shape shape, long baseBytes) {
        Arguments.required(suffix, "PlanContext.outputAt", "suffix", "an empty text for none");
        Arguments.required(shape, "PlanContext.outputAt", "shape", "for example Shape.of(2, 3)");
        return Value.at(name + suffix, shape, baseBytes, requiresGradient(), memory);
    }

    /** Memory for {@code rows} rows of {@code ld} floats. */
    public Slot workspace(String what, long rows, long ld) {
        Arguments.required(what, "PlanContext.workspace", "what", "a word for messages");
        return memory.workspace(name + " " + what, Shape.of(rows, ld).floatBytes());
    }

    /** Scratch for weight gradients, a part for each thread; shared with other operations, which run at other times. */
    public Slot gradientScratch() {
        return memory.scratch(name + " pack", Math.multiplyExact(WeightGradient.scratchBytes(), (long) team.size()));
    }

    /** The rows of {@link #gradientScratch}, one for each thread; once the plan is complete. */
    public RowsView gradientScratchRows(Slot slot, MemorySegment workspace) {
        Arguments.required(slot, "PlanContext.gradientScratchRows", "slot", "a place of the plan");
        Arguments.required(workspace, "PlanContext.gradientScratchRows", "workspace", "the memory of the plan");
        return new RowsView(workspace, memory.at(slot), WeightGradient.scratchBytes());
    }
}

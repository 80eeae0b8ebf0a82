package dev.gatun.perf.python;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.paired.Kind;
import dev.gatun.perf.paired.GateWeights;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.OurTraining;
import dev.gatun.perf.paired.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A task as the script reads it, LSTM layers that go forward: sizes as JSON, all numbers one after the other in a second file. */
record PythonTask(Kind kind, int batch, int time, int inputs, List<Integer> units, List<Stack.DensePart> dense,
        boolean perStep, float rate, float epsilon) {

    static void write(Task task, Material material, Path folder) throws IOException {
        Stack stack = task.stack();
        PythonTask facts = new PythonTask(
                task.kind(), stack.batch(), stack.time(), stack.inputs(), stack.units(), stack.dense(),
                stack.perStep(), OurTraining.RATE, OurTraining.EPSILON);
        Files.write(folder.resolve("task.json"), new ObjectMapper().writeValueAsBytes(facts));
        List<float[]> parts = new ArrayList<>(List.of(material.x(), material.y()));
        for (GateWeights layer : material.layers()) {
            parts.addAll(List.of(layer.kernel(), layer.recurrent(), layer.bias()));
        }
        parts.addAll(material.dense());
        ByteBuffer bytes = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum() * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        parts.forEach(part -> {
            bytes.asFloatBuffer().put(part);
            bytes.position(bytes.position() + part.length * Float.BYTES);
        });
        Files.write(folder.resolve("numbers.f32"), bytes.array());
    }
}

package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Issue D, number 10: memory that is freed, or may not be written, is told in Gatun's words by readers and writers too. */
class FreedTensorsTest {

    private static final int LARGE = 1 << 18;

    @TempDir
    Path folder;

    private static Tensor freed(long... dims) {
        try (TensorArena arena = TensorArena.open("freed")) {
            return arena.tensor("t", Shape.of(dims));
        }
    }

    @Test
    void npyIsNotWrittenFromFreedMemory() {
        for (long[] dims : new long[][] {{2, 3}, {0}, {}}) {
            Tensor tensor = freed(dims);
            Path file = folder.resolve("a.npy");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            saysFreed(() -> Npy.write(file, tensor), tensor);
            saysFreed(() -> Npy.writeTo(Channels.newChannel(bytes), tensor), tensor);
            assertFalse(Files.exists(file));
            assertEquals(0, bytes.size());
        }
    }

    @Test
    void safetensorsAreNotWrittenFromFreedMemory() throws IOException {
        Tensor gone = freed(2, 3);
        saysFreed(() -> new SafetensorsWriter().tensor("t", gone), gone);
        Path file = folder.resolve("a.safetensors");
        new SafetensorsWriter().tensor("t", Tensor.zeros(1)).write(file);
        byte[] before = Files.readAllBytes(file);
        for (long[] dims : new long[][] {{2, 3}, {0}}) {
            Tensor tensor = freed(dims);
            SafetensorsWriter writer = new SafetensorsWriter().tensor("t", tensor.shape(), () -> tensor);
            saysFreed(() -> writer.write(file), tensor);
            saysFreed(() -> writer.writeTo(Channels.newChannel(new ByteArrayOutputStream())), tensor);
        }
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    /** The channel stands for another thread that frees the memory between two chunks. */
    @Test
    void memoryFreedWhileItIsWrittenIsToldInTheSameWords() {
        TensorArena arena = TensorArena.open("meanwhile");
        Tensor tensor = arena.tensor("t", Shape.of(2, LARGE));
        saysFreed(() -> Npy.writeTo(closing(arena), tensor), tensor);
    }

    private static WritableByteChannel closing(TensorArena arena) {
        return new WritableByteChannel() {
            private boolean header = true;

            @Override
            public int write(ByteBuffer bytes) {
                if (!header) {
                    arena.close();
                }
                header = false;
                int count = bytes.remaining();
                bytes.position(bytes.limit());
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                arena.close();
            }
        };
    }

    @Test
    void aTargetThatCannotBeWrittenIsRefused() throws IOException {
        Path file = folder.resolve("a.safetensors");
        new SafetensorsWriter().tensor("t", Tensor.of(new float[] {1, 2}, 2)).tensor("none", Tensor.zeros(0))
                .write(file);
        try (SafetensorsFile read = Safetensors.read(file)) {
            Tensor tensor = freed(2);
            saysFreed(() -> read.copyTo("t", tensor), tensor);
            Tensor none = freed(0);
            saysFreed(() -> read.copyTo("none", none), none);
            Tensor fixed = new Tensor(MemorySegment.ofArray(new float[2]).asReadOnly(), 0, Shape.of(2), 2);
            String said = assertThrows(IllegalArgumentException.class, () -> read.copyTo("t", fixed)).getMessage();
            assertTrue(said.startsWith("The memory of this tensor of shape (2,) is read-only; copy"), said);
            assertEquals(0, fixed.get(1));
        }
    }

    @Test
    void unknownSizesAreRefusedWhenTheTensorIsAdded() {
        SafetensorsWriter writer = new SafetensorsWriter();
        String said = assertThrows(ShapeException.class,
                () -> writer.tensor("kernel", Shape.of(-1, 4), () -> Tensor.zeros(3, 4))).getMessage();
        assertTrue(said.contains("axis 0") && said.contains("Tensor 'kernel'") && said.contains("give one"), said);
        String nothing = assertThrows(NullPointerException.class, () -> new SafetensorsWriter()
                .tensor("bias", Shape.of(2), () -> null).write(folder.resolve("b.safetensors"))).getMessage();
        assertTrue(nothing.contains("'bias'") && nothing.contains("give a tensor of shape (2,)"), nothing);
    }

    private static void saysFreed(Executable call, Tensor tensor) {
        String said = assertThrows(IllegalStateException.class, call).getMessage();
        assertTrue(said.startsWith("The memory of this tensor of shape " + tensor.shape() + " has been freed"), said);
    }
}

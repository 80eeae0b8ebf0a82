package dev.gatun.tests.attack.damage;

import dev.gatun.formats.tensors.Npy;
import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.gradients.EnginePass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The files that are damaged, sound. */
final class SoundFiles {

    static final int ROWS = 80;

    private SoundFiles() {}

    /** A model in the middle of a training, with the optimizer's moments and a user's text. */
    static byte[] trained(Path folder) throws IOException {
        Path file = folder.resolve("trained.gatun");
        try (Model model = Sequential.of(Input.shape(6, 2), Lstm.units(5).returnSequences(), Dropout.rate(0.1f),
                Lstm.units(4), Dense.units(1))) {
            Tensor x = Tensor.of(EnginePass.uniform(20 * 6 * 2, 1, 1), 20, 6, 2);
            Tensor y = Tensor.of(EnginePass.uniform(20, 1, 2), 20, 1);
            Trainer.of(model).optimizer(Adam.rate(0.01)).loss(Loss.MSE).epochs(2).batchSize(8).validation(0.2)
                    .fit(x, y);
            model.metadata().put("scaling", "{\"mean\": [3.5, 1]}");
            model.save(file);
        }
        return Files.readAllBytes(file);
    }

    /** Several inputs and outputs, a layer used twice, states handed on. */
    static byte[] wired(Path folder) throws IOException {
        Path file = folder.resolve("wired.gatun");
        Input x = Input.shape(5, 3).named("x");
        Input y = Input.sequence(3);
        Lstm shared = Lstm.units(4).returnSequences().returnState();
        RecurrentOutput first = shared.on(x);
        RecurrentOutput second = shared.on(y, first.state());
        RecurrentOutput third = Lstm.units(4).goBackwards().recurrentActivation("hard_sigmoid").noBias()
                .on(Dropout.rate(0.25).on(second), first.state());
        try (Model model = Model.named("wired", List.of(x, y), List.of(
                TimeDistributed.of(Dense.units(2).named("head").activation("softmax")).on(second.sequence()),
                Activation.of("tanh").on(third), second.state().c()))) {
            model.save(file);
        }
        return Files.readAllBytes(file);
    }

    /** Written by Keras 3; empty where the oracles are not there. */
    static List<byte[]> keras() throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (String name : List.of("a_tiny_A", "a_tiny_C1", "a_tiny_C2")) {
            var file = Shared.find("fixtures/files/keras3_" + name + ".keras");
            if (file.isPresent()) {
                files.add(Files.readAllBytes(file.get()));
            }
        }
        return files;
    }

    /** Arrays of each version, order of bytes and order of axes. */
    static List<byte[]> arrays(Path folder) throws IOException {
        Path file = folder.resolve("sound.npy");
        Npy.write(file, Tensor.of(EnginePass.uniform(3 * 6 * 2, 1, 1), 3, 6, 2));
        return List.of(Files.readAllBytes(file), array(1, "<f8", "False"), array(2, ">f4", "True"),
                array(3, "|u1", "False"), array(1, "<i8", "True"), array(2, "<f2", "False"));
    }

    private static byte[] array(int version, String descr, String fortran) {
        String header = "{'descr': '" + descr + "', 'fortran_order': " + fortran + ", 'shape': (3, 6, 2), }\n";
        int data = 36 * (descr.charAt(2) - '0');
        ByteBuffer file = ByteBuffer.allocate(12 + header.length() + data).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            file.putShort((short) header.length());
        } else {
            file.putInt(header.length());
        }
        file.put(header.getBytes(StandardCharsets.US_ASCII));
        int end = file.position() + data;
        new Random(version).ints(data, 0, 0x3C).forEach(each -> file.put((byte) each));
        return java.util.Arrays.copyOf(file.array(), end);
    }

    /** Tensors of several types. */
    static byte[] tensors() {
        String header = """
                {"__metadata__":{"by":"hand","json":"{\\"a\\": [1, 2]}"},\
                "a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},\
                "b":{"dtype":"BF16","shape":[4],"data_offsets":[24,32]},\
                "c":{"dtype":"I64","shape":[],"data_offsets":[32,40]},\
                "d":{"dtype":"BOOL","shape":[2,2,2],"data_offsets":[40,48]},\
                "e":{"dtype":"F64","shape":[1,2],"data_offsets":[48,64]},\
                "f":{"dtype":"F32","shape":[0,7],"data_offsets":[64,64]}}""";
        byte[] data = new byte[64];
        new Random(1).ints(data.length, 0, 2).forEach(each -> data[each] = 1);
        return HeadedFile.of(header, data);
    }

    /** A table by the day. */
    static byte[] table() {
        StringBuilder text = new StringBuilder("day,wave,echo,note\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(String.format(Locale.ROOT, "2020-%02d-%02d,%.4f,%.4f,n%d%n", 1 + row / 28, 1 + row % 28,
                    50 + 20 * Math.sin(row * 0.5), 5 + Math.sin(row * 0.5 - 1), row));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}

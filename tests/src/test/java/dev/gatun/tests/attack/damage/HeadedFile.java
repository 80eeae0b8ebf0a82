package dev.gatun.tests.attack.damage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A safetensors file, which a .gatun file is too, damaged in its header and in the documents its metadata hold. */
final class HeadedFile {

    private HeadedFile() {}

    static byte[] damaged(byte[] sound, Random random) {
        int length = (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(sound, Long.BYTES, length, StandardCharsets.UTF_8);
        ObjectNode document = (ObjectNode) JsonDamage.read(header);
        String changed = random.nextInt(3) > 0 && document.get("__metadata__") instanceof ObjectNode metadata
                ? inside(document, metadata, random)
                : JsonDamage.of(header, random);
        return of(changed, Arrays.copyOfRange(sound, Long.BYTES + length, sound.length));
    }

    static byte[] of(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        ByteBuffer file = ByteBuffer.allocate(Long.BYTES + padded + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(padded).put(text);
        while (file.position() < Long.BYTES + padded) {
            file.put((byte) ' ');
        }
        return file.put(data).array();
    }

    private static String inside(ObjectNode document, ObjectNode metadata, Random random) {
        List<String> documents = metadata.properties().stream()
                .filter(each -> JsonDamage.isDocument(each.getValue().asText())).map(java.util.Map.Entry::getKey)
                .toList();
        if (documents.isEmpty()) {
            return JsonDamage.of(document.toString(), random);
        }
        String key = documents.get(random.nextInt(documents.size()));
        metadata.put(key, JsonDamage.of(metadata.get(key).asText(), random));
        return document.toString();
    }
}

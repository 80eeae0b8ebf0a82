package dev.gatun.tests.attack.damage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** What can happen to an archive: to its list of entries, to the fields that describe them, and inside one of them. */
final class ZipDamage {

    private static final int CENTRAL_ENTRY = 0x02014b50;
    private static final int LOCAL_ENTRY = 0x04034b50;
    private static final int END = 0x06054b50;
    private static final int LONGEST_FIELDS = 46;

    private ZipDamage() {}

    static Map<String, byte[]> entries(byte[] archive) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
            return entries;
        } catch (IOException unsound) {
            throw new UncheckedIOException(unsound);
        }
    }

    static byte[] archive(Map<String, byte[]> entries) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return archive.toByteArray();
    }

    /** The checksums stay right, so that the damage reaches whoever reads the entry. */
    static byte[] inBytesOf(byte[] sound, String name, Random random) {
        Map<String, byte[]> entries = entries(sound);
        entries.computeIfPresent(name, (key, bytes) -> Damage.any(bytes, random));
        return archive(entries);
    }

    static byte[] inJson(byte[] sound, Random random) {
        Map<String, byte[]> entries = entries(sound);
        String name = random.nextInt(8) == 0 ? "metadata.json" : "config.json";
        entries.computeIfPresent(name, (key, bytes) -> JsonDamage
                .of(new String(bytes, StandardCharsets.UTF_8), random).getBytes(StandardCharsets.UTF_8));
        return archive(entries);
    }

    static byte[] inStructure(byte[] sound, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Damage.any(sound, random);
            case 1 -> inFields(archive(entries(sound)), random);
            default -> archive(changed(entries(sound), random));
        };
    }

    private static Map<String, byte[]> changed(Map<String, byte[]> entries, Random random) {
        List<String> names = new ArrayList<>(entries.keySet());
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(8)) {
            case 0 -> entries.remove(name);
            case 1 -> entries.put(name, new byte[0]);
            case 2 -> entries.put("../" + name, entries.remove(name));
            case 3 -> entries.put(name.toUpperCase(java.util.Locale.ROOT), entries.remove(name));
            case 4 -> entries.put(name, entries.get(names.get(random.nextInt(names.size()))));
            case 5 -> entries.put(name, Arrays.copyOf(entries.get(name), 20_000_000));
            case 6 -> {
                for (int i = 0; i < 2_000; i++) {
                    entries.put("more/" + i, new byte[0]);
                }
            }
            default -> entries.put(name + "/", entries.remove(name));
        }
        return entries;
    }

    /** Sizes, offsets, methods, flags and lengths in the headers of entries and in the end record. */
    private static byte[] inFields(byte[] archive, Random random) {
        ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> headers = new ArrayList<>();
        for (int at = 0; at + Integer.BYTES <= archive.length; at++) {
            int signature = bytes.getInt(at);
            if (signature == CENTRAL_ENTRY || signature == LOCAL_ENTRY || signature == END) {
                headers.add(at);
            }
        }
        int at = headers.get(random.nextInt(headers.size()));
        int end = Math.min(archive.length, at + LONGEST_FIELDS);
        byte[] fields = Damage.EXTREME.of(Arrays.copyOfRange(archive, at + Integer.BYTES, end), random);
        System.arraycopy(fields, 0, archive, at + Integer.BYTES, fields.length);
        return archive;
    }
}

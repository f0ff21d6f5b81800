// Draws docs/icon.png, which every package bears: an estimate with its interval, among those who can be reached. dotnet run scripts/icon.cs
#:property RunAnalyzers=false
#:property RestorePackagesWithLockFile=false
using System.Buffers.Binary;
using System.IO.Compression;

const int Size = 128, Samples = 4;
byte[] rows = new byte[Size * ((4 * Size) + 1)];
for (int y = 0; y < Size; y++)
{
    for (int x = 0; x < Size; x++)
    {
        (double red, double green, double blue, double alpha) = (0, 0, 0, 0);
        for (int sample = 0; sample < Samples * Samples; sample++)
        {
            int colour = Colour(x + ((sample % Samples) + 0.5) / Samples, y + ((sample / Samples) + 0.5) / Samples);
            if (colour < 0) continue;
            (red, green, blue, alpha) = (red + (colour >> 16), green + ((colour >> 8) & 255), blue + (colour & 255), alpha + 1);
        }

        if (alpha == 0) continue;
        int at = (y * ((4 * Size) + 1)) + 1 + (4 * x);
        (rows[at], rows[at + 1], rows[at + 2], rows[at + 3]) = ((byte)(red / alpha), (byte)(green / alpha), (byte)(blue / alpha), (byte)(255 * alpha / (Samples * Samples)));
    }
}

using var pixels = new MemoryStream();
using (var packed = new ZLibStream(pixels, CompressionLevel.SmallestSize, leaveOpen: true)) packed.Write(rows);
byte[] header = new byte[13];
BinaryPrimitives.WriteInt32BigEndian(header, Size);
BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Size);
(header[8], header[9]) = (8, 6);
using FileStream file = File.Create("docs/icon.png");
file.Write([137, 80, 78, 71, 13, 10, 26, 10]);
Write("IHDR"u8, header);
Write("IDAT"u8, pixels.ToArray());
Write("IEND"u8, []);

void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
{
    byte[] chunk = [.. new byte[4], .. name, .. content, .. new byte[4]];
    BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
    BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, chunk.Length - 8)));
    file.Write(chunk);
}

// From the top: the estimate, the bars of its interval, the part that is reached, all who could be, the ground with round corners.
static int Colour(double x, double y)
{
    (double right, double down) = (x - 64, y - 64);
    double far = Math.Sqrt((right * right) + (down * down));
    if (far < 10) return 0xFFB547;
    if ((Math.Abs(down) < 3 && Math.Abs(right) < 28) || (Math.Abs(down) < 12 && Math.Abs(Math.Abs(right) - 28) < 3)) return 0xFFFFFF;
    if (Math.Abs(far - 44) < 3) return right < 0 && down < 0 ? 0xFFB547 : 0x6690A2;
    (double beyondX, double beyondY) = (Math.Max(Math.Abs(right) - 40, 0), Math.Max(Math.Abs(down) - 40, 0));
    return (beyondX * beyondX) + (beyondY * beyondY) < 24 * 24 ? 0x14506B : -1;
}

static uint Crc(ReadOnlySpan<byte> bytes)
{
    uint crc = uint.MaxValue;
    foreach (byte value in bytes)
    {
        crc ^= value;
        for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
    }

    return ~crc;
}

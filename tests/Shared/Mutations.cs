namespace SsaShare.Tests;

/// <summary>Damaged copies of a valid document, the same ones in every run.</summary>
internal static class Mutations
{
    /// <summary>Each copy has one to four bytes replaced, dropped or doubled, or its end cut off; some copies are noise.</summary>
    public static IEnumerable<byte[]> Of(byte[] valid, int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            if (i % 20 == 0)
            {
                var noise = new byte[random.Next(200)];
                random.NextBytes(noise);
                yield return noise;
                continue;
            }

            var bytes = valid.ToList();
            for (int edits = random.Next(1, 5); edits > 0 && bytes.Count > 0; edits--)
            {
                int at = random.Next(bytes.Count);
                switch (random.Next(6))
                {
                    case 0: bytes.RemoveAt(at); break;
                    case 1: bytes.Insert(at, bytes[at]); break;
                    case 2: bytes.RemoveRange(at, bytes.Count - at); break;
                    case 3: bytes[at] = (byte)"\"\\{}[],:u0+=\n "[random.Next(14)]; break;
                    default: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                }
            }

            yield return [.. bytes];
        }
    }
}

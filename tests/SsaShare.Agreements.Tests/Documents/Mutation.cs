using System.Text;

namespace SsaShare.Agreements.Tests;

/// <summary>Small damages to a document, from a seeded source.</summary>
internal static class Mutation
{
    private static readonly byte[][] Fragments = [.. new[]
    {
        ":", "- ", "[", "]", "{", "}", ",", "\n", "\r", "  ", "? ", "|\n", ">-\n", "'", "\"", "#", "&a ", "*a", "!!map ", "!", "%YAML 1.2\n", "---\n", "...\n", "<<: ", "\t",
        "\\u0000", "\\x", "\\ud800", "null", "true", "1e999", "grants:", "id: a", "\u200b", "\ufeff", "\u2028", "\U0001F600", "\0",
        "0.3", "500m", "0.5 km", "-1", "24 h", "99999999999999999999d", "\u0430", "\uFF10", "rn", "0", "1", "JP", "UK", "receive_only", "named", "delay: 24h\n", "degradation: coarse\n",
        "\"id\":\"a\",", "\"delay\":\"1s\",", "\"signatures\":[],", "\"payload\":\"\",",
    }.Select(Encoding.UTF8.GetBytes)];

    public static byte[] Of(byte[] document, Random random)
    {
        var bytes = new List<byte>(document);
        for (int edits = random.Next(1, 6); edits > 0; edits--)
        {
            int at = random.Next(bytes.Count + 1);
            int length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3 when random.Next(4) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
                case 4: MoveLine(bytes, random); break;
                default: bytes.InsertRange(at, Fragments[random.Next(Fragments.Length)]); break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Takes a line to another place, so that words of the vocabulary stand where they do not belong.</summary>
    private static void MoveLine(List<byte> bytes, Random random)
    {
        int from = random.Next(bytes.Count + 1);
        int begin = from == 0 ? 0 : bytes.LastIndexOf((byte)'\n', from - 1) + 1, end = bytes.IndexOf((byte)'\n', Math.Min(from, Math.Max(bytes.Count - 1, 0)));
        if (bytes.Count == 0 || end < begin || end - begin > 400) return;
        var line = bytes.GetRange(begin, end + 1 - begin);
        bytes.RemoveRange(begin, line.Count);
        int to = bytes.Count == 0 ? -1 : bytes.IndexOf((byte)'\n', random.Next(bytes.Count));
        bytes.InsertRange(to + 1, line);
    }
}

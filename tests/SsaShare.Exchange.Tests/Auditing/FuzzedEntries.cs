namespace SsaShare.Exchange.Tests;

/// <summary>Entries of every kind whose bodies are random, changed or cut off.</summary>
internal static class FuzzedEntries
{
    private static readonly int Inputs = Nightly.FuzzInputs;

    public static void ForEach(Action<LogEntry> check)
    {
        var random = new Random(20261122);
        string[] kinds = [.. Bodies.Kinds];
        for (int i = 0; i < Inputs; i++)
        {
            string kind = kinds[i % kinds.Length];
            byte[] body = Bodies.Body(kind);
            byte[] changed = random.Next(4) switch { 0 => Bytes(random), 1 => body[..random.Next(body.Length)], 2 => Bodies.Body(kinds[random.Next(kinds.Length)]), _ => Sample.Mutate(body, random) };
            check(Bodies.Entry(kind, changed));
        }
    }

    private static byte[] Bytes(Random random)
    {
        byte[] bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }
}

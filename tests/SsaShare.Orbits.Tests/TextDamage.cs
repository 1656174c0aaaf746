using System.Text;

namespace SsaShare.Orbits.Tests;

/// <summary>Damaged text for fuzz tests: characters changed, lines dropped and doubled, cut off, or random altogether.</summary>
internal static class TextDamage
{
    private const string Alphabet = "0123456789.-+eE ;,\n\t\rNaIPX=S*#é\0";

    public static string Of(string valid, Random random, int turn)
    {
        if (turn % 16 == 0)
        {
            char[] noise = new char[random.Next(400)];
            for (int i = 0; i < noise.Length; i++) noise[i] = Alphabet[random.Next(Alphabet.Length)];
            return new string(noise);
        }
        var text = new StringBuilder(valid);
        for (int changes = random.Next(4); changes > 0; changes--) text[random.Next(text.Length)] = Alphabet[random.Next(Alphabet.Length)];
        if (turn % 5 == 0) text.Length = random.Next(text.Length + 1);
        if (turn % 7 != 0) return text.ToString();
        var lines = text.ToString().Split('\n').ToList();
        int at = random.Next(lines.Count);
        if (random.Next(2) == 0) lines.RemoveAt(at);
        else lines.Insert(at, lines[random.Next(lines.Count)]);
        return string.Join('\n', lines);
    }
}

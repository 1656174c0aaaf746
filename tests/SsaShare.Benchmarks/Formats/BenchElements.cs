using System.Globalization;

namespace SsaShare.Benchmarks;

/// <summary>Element sets of a catalog that does not exist.</summary>
internal static class BenchElements
{
    /// <summary>Two lines each; numbers repeat after 90,000, as in a catalog of several days.</summary>
    public static IEnumerable<string> Tle()
    {
        var random = new Random(1);
        for (int i = 0; ; i++)
        {
            int number = 1 + (i % 90_000);
            string first = string.Create(CultureInfo.InvariantCulture,
                $"1 {number:D5}U {60 + (i % 40):D2}{1 + (i % 99):D3}A   26{1 + random.Next(300) + random.NextDouble():000.00000000}  .{random.Next(99_999):D8}  00000-0  {random.Next(10_000, 99_999):D5}-{random.Next(3, 6)} 0  999");
            string second = string.Create(CultureInfo.InvariantCulture,
                $"2 {number:D5} {random.NextDouble() * 120,8:F4} {random.NextDouble() * 360,8:F4} {random.Next(200_000):D7} {random.NextDouble() * 360,8:F4} {random.NextDouble() * 360,8:F4} {1 + (random.NextDouble() * 14.5),11:F8}{random.Next(99_999):D5}");
            yield return $"{first}{Checksum(first)}\n{second}{Checksum(second)}\n";
        }
    }

    private static int Checksum(string line) => line.Sum(character => character == '-' ? 1 : char.IsAsciiDigit(character) ? character - '0' : 0) % 10;
}

using System.Globalization;
using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>The fast way gives, bit for bit, what double.Parse gives.</summary>
public sealed class DecimalTextTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData(".1843421")]
    [InlineData("5.")]
    [InlineData("+.16091E-2")]
    [InlineData("-1.6E-7")]
    [InlineData("9007199254740992")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740993e-22")]
    [InlineData("1e22")]
    [InlineData("1e23")]
    [InlineData("123456789012345678901234567890e-20")]
    [InlineData("99999999999999999999")]
    [InlineData("0.000000000000000000000000000000000012345")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("4.9e-324")]
    [InlineData("1e-400")]
    [InlineData("000000000000000000000000000000000001.5")]
    [InlineData("0e99999999999")]
    public void TryParse_Number_IsTheNearestDouble(string text) => AssertSame(text);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e400")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1-3")]
    public void TryParse_OtherText_IsNone(string text) => Assert.False(DecimalText.TryParse(Encoding.ASCII.GetBytes(text), out double _));

    [Fact]
    public void TryParse_RandomNumbers_AreTheNearestDoubles()
    {
        var random = new Random(20_261_122);
        for (int i = 0; i < 400 * SsaShare.Tests.Nightly.PropertyCases; i++)
        {
            var text = new StringBuilder(random.Next(3) == 0 ? "-" : "");
            int digits = random.Next(1, 24), point = random.Next(-2, digits + 1);
            for (int digit = 0; digit < digits; digit++)
            {
                if (digit == point) text.Append('.');
                text.Append((char)('0' + random.Next(10)));
            }
            if (random.Next(2) == 0) text.Append(CultureInfo.InvariantCulture, $"e{random.Next(-40, 40)}");
            AssertSame(text.ToString());
        }
    }

    [Fact]
    public void Unscaled_RandomDoubles_AreExactOnlyWhenTheyReadBack()
    {
        var random = new Random(7);
        for (int i = 0; i < 100 * SsaShare.Tests.Nightly.PropertyCases; i++)
        {
            long number = random.NextInt64(-9_999_999_999, 10_000_000_000);
            double value = double.Parse($"{number}e-8", CultureInfo.InvariantCulture);
            Assert.Equal((number, true), (DecimalText.Unscaled(value, 8, out bool isExact), isExact));
            long near = DecimalText.Unscaled(double.BitIncrement(value), 8, out bool isNearExact);
            Assert.Equal(double.Parse($"{near}e-8", CultureInfo.InvariantCulture) == double.BitIncrement(value), isNearExact);
        }
    }

    private static void AssertSame(string text)
    {
        Assert.True(DecimalText.TryParse(Encoding.ASCII.GetBytes(text), out double value), text);
        Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
    }
}

using System.Globalization;
using System.Text;
using SsaShare.Tests;

namespace SsaShare.Formats.Tests;

public sealed class ShiftedDecimalTests
{
    [Theory]
    [InlineData("-3442706.377", -3, -3442.706377)]
    [InlineData("2.5920000000000000e+05", 0, 259200)]
    [InlineData("-2.5922113169190049e+07", -3, -25922.113169190049)]
    [InlineData("+.5", 0, 0.5)]
    [InlineData("5.", 0, 5)]
    [InlineData("00012.50", 1, 125)]
    [InlineData("0.000", -3, 0)]
    [InlineData("123456789012345678901234567890", 0, 123456789012345678901234567890.0)]
    public void TryDouble_Number_IsTheNearestToItsTextMoved(string text, int shift, double expected)
    {
        Assert.True(ShiftedDecimal.TryDouble(Encoding.ASCII.GetBytes(text), shift, out double value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e99999999999")]
    [InlineData("1e400")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0x10")]
    [InlineData("1d5")]
    public void TryDouble_WhatIsNoNumber_IsRefused(string text)
    {
        Assert.False(ShiftedDecimal.TryDouble(Encoding.ASCII.GetBytes(text), 0, out _));
        Assert.False(ShiftedDecimal.TryDecimal(Encoding.ASCII.GetBytes(text), out _));
    }

    [Fact]
    public void TryDouble_RandomTexts_AgreesWithTheRuntime()
    {
        var random = new Random(1);
        for (int i = 0; i < 400 * Nightly.PropertyCases; i++)
        {
            int digits = random.Next(1, 25);
            string mantissa = string.Concat(Enumerable.Range(0, digits).Select(_ => (char)('0' + (random.Next(3) == 0 ? 0 : random.Next(10)))));
            int point = random.Next(digits + 1), exponent = random.Next(-30, 30), shift = random.Next(-7, 8);
            string text = $"{(random.Next(2) == 0 ? "-" : "")}{mantissa[..point]}.{mantissa[point..]}";
            string exponentText = random.Next(2) == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"e{exponent}");
            double expected = double.Parse(string.Create(CultureInfo.InvariantCulture, $"{text}e{(exponentText.Length == 0 ? 0 : exponent) + shift}"), CultureInfo.InvariantCulture);
            Assert.True(ShiftedDecimal.TryDouble(Encoding.ASCII.GetBytes(text + exponentText), shift, out double value));
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
        }
    }

    [Fact]
    public void Write_RandomNumbers_AreReadBackTheSame()
    {
        var random = new Random(2);
        Span<byte> text = stackalloc byte[ShiftedDecimal.LongestWritten];
        for (int i = 0; i < 400 * Nightly.PropertyCases; i++)
        {
            double value = i % 3 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : i % 3 == 1 ? Math.Round(random.NextDouble() * 1e6, random.Next(10)) : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20));
            if (!double.IsFinite(value)) continue;
            int shift = random.Next(-6, 7), decimals = random.Next(12);
            Assert.True(ShiftedDecimal.TryDouble(text[..ShiftedDecimal.Write(value, shift, decimals, text)], -shift, out double back));
            Assert.Equal(value, back);
            Assert.True(ShiftedDecimal.TryDouble(text[..ShiftedDecimal.WriteScientific(value, shift, text)], -shift, out back));
            Assert.Equal(value, back);
        }
    }

    [Theory]
    [InlineData(-3442.706377, 3, 3, "-3442706.377")]
    [InlineData(0, 3, 3, "0.000")]
    [InlineData(1e-7, 3, 3, "0.0001")]
    [InlineData(12.5, 0, 0, "12.5")]
    [InlineData(100, -3, 0, "0.1")]
    [InlineData(1e30, 0, 0, "1.0e+30")]
    public void Write_Number_HasTheDecimalsAskedFor(double value, int shift, int decimals, string expected)
    {
        Span<byte> text = stackalloc byte[ShiftedDecimal.LongestWritten];
        Assert.Equal(expected, Encoding.ASCII.GetString(text[..ShiftedDecimal.Write(value, shift, decimals, text)]));
    }

    [Theory]
    [InlineData("7603901", "1976-039A")]
    [InlineData("1606902", "2016-069B")]
    [InlineData("5700101", "1957-001A")]
    [InlineData("9806725", "1998-067AA")]
    [InlineData("0001024", "2000-010Z")]
    public void CosparIds_DigitsAndDesignator_AreOne(string digits, string designator)
    {
        Assert.Equal(designator, CosparIds.FromDigits(Encoding.ASCII.GetBytes(digits)));
        Assert.Equal(digits, CosparIds.ToDigits(designator));
    }

    [Theory]
    [InlineData("1976-039")]
    [InlineData("1976-039I")]
    [InlineData("1976-000A")]
    [InlineData("1976-039ZZZ")]
    [InlineData("UNKNOWN")]
    [InlineData(null)]
    public void CosparIds_WhatHasNoDigits_IsNull(string? designator) => Assert.Null(CosparIds.ToDigits(designator));
}

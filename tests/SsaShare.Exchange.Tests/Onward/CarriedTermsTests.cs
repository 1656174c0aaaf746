using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

public sealed class CarriedTermsTests
{
    private static readonly CarriedTerms[] Kinds =
    [
        new(Purposes.None, 0, [], [], null),
        new(Purposes.Any, 8, null, null, null),
        new(Purposes.Fusion | Purposes.Research, 1, [Sample.Atlantic, Sample.Caribbean], [Sample.Pacific], Sample.Now),
        new(Purposes.SafetyOfFlight, 2, null, [], Sample.Now.PlusSeconds(0.000000001)),
    ];

    [Fact]
    public void ToJson_AndBack_IsTheSame()
        => Assert.All(Kinds, terms => Assert.True(CarriedTerms.TryParse(terms.ToJson(), out var read) && read == terms));

    [Fact]
    public void TryParse_OtherBytesForTheSame_AreRefused()
    {
        string json = System.Text.Encoding.UTF8.GetString(Kinds[2].ToJson());
        foreach (string other in new[] { json.Replace(":", ": ", StringComparison.Ordinal), json.Replace("\"atlantic\",\"caribbean\"", "\"caribbean\",\"atlantic\"", StringComparison.Ordinal), json + " " })
            Assert.False(CarriedTerms.TryParse(System.Text.Encoding.UTF8.GetBytes(other), out _), other);
    }

    [Theory]
    [InlineData("""{"purposes":["spying"],"hops_left":1}"""), InlineData("""{"purposes":[],"hops_left":9}"""), InlineData("""{"purposes":[],"hops_left":-1}""")]
    [InlineData("""{"purposes":[],"hops_left":1,"more":1}"""), InlineData("""{"hops_left":1}"""), InlineData("")]
    public void TryParse_WhatIsNotTerms_IsRefused(string json) => Assert.False(CarriedTerms.TryParse(System.Text.Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void TryParse_MutatedTerms_NeverThrows()
    {
        var random = new Random(3);
        foreach (var terms in Enumerable.Range(0, 5_000).Select(i => Kinds[i % Kinds.Length]))
            if (CarriedTerms.TryParse(Sample.Mutate(terms.ToJson(), random), out var read)) Assert.Equal(read, CarriedTerms.TryParse(read.ToJson(), out var again) ? again : null);
    }

    [Fact]
    public void Allows_AsItsListsSay()
    {
        Assert.True(Kinds[1].AllowsOnwardTo(Sample.Caribbean) && Kinds[1].AllowsDerivedFor(Sample.Caribbean));
        Assert.True(Kinds[2].AllowsOnwardTo(Sample.Caribbean) && !Kinds[2].AllowsOnwardTo(Sample.Pacific) && Kinds[2].AllowsDerivedFor(Sample.Pacific) && !Kinds[2].AllowsDerivedFor(Sample.Atlantic));
        Assert.False(Kinds[0].AllowsOnwardTo(Sample.Atlantic) || Kinds[3].AllowsDerivedFor(Sample.Atlantic));
    }
}

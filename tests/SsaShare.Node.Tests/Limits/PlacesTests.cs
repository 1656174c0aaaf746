namespace SsaShare.Node.Tests;

public sealed class PlacesTests
{
    private readonly Places _places = new();

    [Fact]
    public void TryTake_MoreThanTheMost_NullUntilOneIsGivenBack()
    {
        var first = _places.TryTake("a", 2)!;
        using var second = _places.TryTake("a", 2);
        Assert.Null(_places.TryTake("a", 2));
        first.Dispose();
        using var third = _places.TryTake("a", 2);
        Assert.NotNull(third);
    }

    [Fact]
    public void TryTake_OfAnotherKey_IsCountedForItself()
    {
        using var first = _places.TryTake("a", 1);
        using var other = _places.TryTake("b", 1);
        Assert.NotNull(other);
    }

    [Fact]
    public void Dispose_Twice_GivesBackOnceAndNothingIsRemembered()
    {
        using (_places.TryTake("a", 2))
        {
            var second = _places.TryTake("a", 2)!;
            second.Dispose();
            second.Dispose();
            Assert.Equal(1, _places.Keys);
            using var third = _places.TryTake("a", 2);
            Assert.NotNull(third);
            Assert.Null(_places.TryTake("a", 2));
        }
        Assert.Equal(0, _places.Keys);
    }
}

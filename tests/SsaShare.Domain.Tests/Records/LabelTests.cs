namespace SsaShare.Domain.Tests;

public sealed class LabelTests
{
    [Fact]
    public void Equals_SameContentInOtherOrder_IsTrueAndHashesAlike()
    {
        Label a = With("atlantic", "pacific"), b = With("pacific", "atlantic");

        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
    }

    [Fact]
    public void Equals_AnyPartDiffers_IsFalse()
    {
        var label = With("atlantic");

        Assert.NotEqual(label, With("pacific"));
        Assert.NotEqual(label, With("atlantic", "pacific"));
        Assert.NotEqual(label, label with { ReleasableTo = null });
        Assert.NotEqual(label with { ReleasableTo = null }, label);
        Assert.NotEqual(label, label with { Level = HandlingLevel.Public });
        Assert.NotEqual(label, label with { Mode = DataMode.Exercise });
        Assert.NotEqual(label, label with { OriginatorControlled = true });
        Assert.False(label.Equals(null));
    }

    [Fact]
    public void IsReleasableTo_NamedPartnersOnly_OrAllWhenNoneIsNamed()
    {
        PartnerId atlantic = PartnerId.Parse("atlantic"), pacific = PartnerId.Parse("pacific");

        Assert.True(With("atlantic").IsReleasableTo(atlantic));
        Assert.False(With("atlantic").IsReleasableTo(pacific));
        Assert.True((With() with { ReleasableTo = null }).IsReleasableTo(pacific));
        Assert.False(With().IsReleasableTo(pacific));
    }

    private static Label With(params string[] releasableTo) => new(HandlingLevel.PartnersOnly, DataMode.Real, [.. releasableTo], false);
}

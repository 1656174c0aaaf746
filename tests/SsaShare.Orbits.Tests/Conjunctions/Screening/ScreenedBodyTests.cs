namespace SsaShare.Orbits.Tests;

/// <summary>Several orbits of one object among others.</summary>
public sealed class ScreenedBodyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Screen_OrbitsOfOneBody_AllApproachesButThoseAmongThemselves(int stride)
    {
        var objects = Scene.Crowd(61, 150);
        var options = Scene.Options(2, 25);
        ScreenedObject[] bodies = [.. objects.Select((one, i) => one with { Body = i % 5 == 0 ? i % 10 : null })];
        var body = bodies.ToDictionary(one => one.Id, one => one.Body);
        var (all, some) = (Scene.Strided(objects, options, stride).Approaches, Scene.Strided(bodies, options, stride).Approaches);
        Assert.Equal(all.Where(one => body[one.Id1] is null || body[one.Id1] != body[one.Id2]), some);
        Assert.True(some.Count < all.Count);
    }
}

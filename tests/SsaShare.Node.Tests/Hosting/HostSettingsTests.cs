using Microsoft.Extensions.Configuration;

namespace SsaShare.Node.Tests;

public sealed class HostSettingsTests
{
    [Fact]
    public void Builder_NoSettingsFile_IsWatched()
    {
        var files = ((IConfigurationBuilder)NodeHost.CreateBuilder().Configuration).Sources.OfType<FileConfigurationSource>().ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(file.ReloadOnChange));
    }
}

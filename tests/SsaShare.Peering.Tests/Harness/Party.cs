using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

/// <summary>A partner with its node's folder, which goes when this does.</summary>
internal sealed class Party : IDisposable
{
    private readonly DirectoryInfo _directory;

    private Party(DirectoryInfo directory, NodeFolder folder, NodeIdentity identity) => (_directory, Folder, Identity) = (directory, folder, identity);

    public NodeFolder Folder { get; }
    public NodeIdentity Identity { get; }
    public PartnerId Partner => Identity.Partner;
    public SignedNodeCard Card => Identity.Card;

    /// <param name="partner">Its id.</param>
    /// <param name="time">Of the certificates.</param>
    /// <param name="port">On loopback, where its node answers; by default where nobody does.</param>
    public static Party Create(string partner, TimeProvider time, int port = 1)
    {
        var directory = Directory.CreateTempSubdirectory("ssashare-");
        var folder = new NodeFolder(Path.Combine(directory.FullName, "node"));
        return new Party(directory, folder, NodeIdentity.Create(folder, PartnerId.Parse(partner), $"The {partner} agency", new Uri($"https://127.0.0.1:{port}"), time.GetUtcNow()));
    }

    public void Dispose()
    {
        Identity.Dispose();
        _directory.Delete(recursive: true);
    }
}

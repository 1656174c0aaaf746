namespace SsaShare.Peering;

/// <summary>Where a node keeps its identity: one folder, mode 0700.</summary>
/// <param name="Path">Absolute or relative to the working folder.</param>
public sealed record NodeFolder(string Path)
{
    public string SettingsFile => In("node.json");
    public string CardFile => In("node-card.json");
    public string SigningKeyFile => In("keys/signing.pem");
    public string LogKeyFile => In("keys/log.pem");
    public string TlsFile => In("keys/tls.pem");
    public string OperatorFile => In("keys/operator.pem");
    public string CursorKeyFile => In("keys/cursor.key");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}

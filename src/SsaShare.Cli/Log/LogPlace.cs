using System.CommandLine;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SsaShare.Peering;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>The options that say where a log is read, as whom, and whose server is believed.</summary>
internal sealed class LogPlaceOptions
{
    private readonly Argument<string?> _place = new("LOG") { Description = "A folder with a tiled log, or the https address under which its tiles are. Left out: the log of the node of --card, or else of --dir.", Arity = ArgumentArity.ZeroOrOne, HelpName = "DIR|URL" };
    private readonly Option<DirectoryInfo?> _dir = new("--dir", "-d") { Description = "The folder of your node: its operator's certificate is shown to the server. Nodes answer only to those that they know, unless their log is public.", HelpName = "FOLDER" };
    private readonly Option<FileInfo?> _card = new("--card") { Description = "The node card of the log's node: its server is known by the card's pins, its log by the card's log key.", HelpName = "FILE" };
    private readonly Option<FileInfo?> _cert = new("--cert") { Description = "A certificate with its key to show instead of the operator's: an auditor's own, made by 'ssa auditor key'.", HelpName = "FILE" };
    private readonly Option<FileInfo?> _passphrase = new("--passphrase-file") { Description = "A file with the passphrase of --cert, open to its owner only. Default: a question, if it is encrypted.", HelpName = "FILE" };
    private readonly Option<string[]> _pins = new("--pin") { Description = "Pin of the server's TLS key: SHA-256 of its public key (SPKI), hexadecimal. Without pin and card the server needs a certificate of an authority that this machine trusts.", HelpName = "HEX" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_place);
        foreach (var option in new Option[] { _dir, _card, _cert, _passphrase, _pins }) command.Options.Add(option);
    }

    /// <exception cref="FormatException">The options do not say where.</exception>
    public LogPlace Open(ParseResult parsed)
    {
        var folder = parsed.GetValue(_dir) is { } dir ? new NodeFolder(dir.FullName) : null;
        string? place = parsed.GetValue(_place);
        // Of the own node the folder says which log keys it had before.
        var keys = parsed.GetValue(_card) is { } given ? KeyHistory.Of(OperatorClient.ReadCard(given.FullName)) : place is null && folder is not null ? KeysOf(folder) : null;
        var card = keys?.Current.Card;
        place ??= card is null ? throw new FormatException("Where is the log? Give a folder, an https address, --card or --dir.") : new Uri(card.Endpoint, "/log/").ToString();
        if (!IsWeb(place, out var address))
            return Directory.Exists(place) ? new LogPlace(place, new FolderTiles(place), keys, null) : throw new DirectoryNotFoundException($"There is no folder '{place}'.");
        var pins = (parsed.GetValue(_pins) ?? []).Select(text => SpkiPin.TryParse(text, out var pin) ? pin : throw new FormatException($"'{text}' is not a pin.")).ToList();
        if (pins.Count == 0 && card is not null) pins.AddRange(card.TlsPins);
        return LogPlace.OnTheWeb(address, keys, pins, ReadCertificate(parsed, folder));
    }

    private static KeyHistory KeysOf(NodeFolder folder)
    {
        // Says what a folder without a node lacks.
        _ = OperatorClient.ReadCard(folder.CardFile);
        return NodeIdentity.ReadKeys(folder);
    }

    /// <returns>Null where none is named: a public log asks for none.</returns>
    private X509Certificate2? ReadCertificate(ParseResult parsed, NodeFolder? folder) => (parsed.GetValue(_cert), parsed.GetValue(_passphrase)) switch
    {
        ({ } cert, { } passphrase) => KeyFile.ReadCertificate(cert.FullName, Passphrase.FromFile(passphrase.FullName)),
        ({ } cert, null) => KeyFile.ReadCertificate(cert.FullName, Passphrases.OfFile(cert.FullName)),
        _ => folder is null ? null : KeyFile.ReadCertificate(folder.OperatorFile, Passphrases.Of(folder)),
    };

    private static bool IsWeb(string place, out Uri address)
    {
        bool isWeb = Uri.TryCreate(place, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;
        if (!isWeb && place.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) throw new FormatException("A log on the web is read over https.");
        address = isWeb ? new Uri($"{uri!.GetLeftPart(UriPartial.Path).TrimEnd('/')}/") : null!;
        return isWeb;
    }
}

/// <summary>Where a log is read.</summary>
/// <param name="Name">For people.</param>
/// <param name="Tiles">Its resources.</param>
/// <param name="Keys">The card of its node where one was given, and those before it as far as they are known.</param>
/// <param name="Connection">What to close at the end.</param>
internal sealed record LogPlace(string Name, ITileSource Tiles, KeyHistory? Keys, IDisposable? Connection) : IDisposable
{
    private const int ConnectionsMax = 8;

    public static LogPlace OnTheWeb(Uri address, KeyHistory? keys, IReadOnlyList<SpkiPin> pins, X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.GZip,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxConnectionsPerServer = ConnectionsMax,
            SslOptions = new SslClientAuthenticationOptions { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
        };
        if (certificate is not null) handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        if (pins.Count > 0) handler.SslOptions.RemoteCertificateValidationCallback = (_, server, _, _) => PinnedChannel.IsPinned(server, pins);
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("ssa-log");
        return new LogPlace(address.ToString(), new HttpTiles(http, address), keys, new Closing(http, certificate));
    }

    public void Dispose() => Connection?.Dispose();

    private sealed class Closing(HttpClient http, X509Certificate2? certificate) : IDisposable
    {
        public void Dispose()
        {
            http.Dispose();
            certificate?.Dispose();
        }
    }
}

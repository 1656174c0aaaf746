using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace SsaShare.Transparency.Tests;

/// <summary>A time-stamp authority of OpenSSL's own making, <c>openssl ts</c>: another implementation than the one under test.</summary>
internal sealed class OpenSslAuthority : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ssa-tsa-").FullName;

    public OpenSslAuthority()
    {
        File.WriteAllText(In("tsa.cnf"), $"""
            [tsa]
            default_tsa = local
            [local]
            serial = {In("serial")}
            signer_cert = {In("tsa.crt")}
            certs = {In("root.crt")}
            signer_key = {In("tsa.key")}
            signer_digest = sha256
            default_policy = 1.3.6.1.4.1.99999.1
            digests = sha256
            accuracy = secs:1
            ess_cert_id_chain = no
            ess_cert_id_alg = sha256
            """);
        File.WriteAllText(In("ext.cnf"), "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n");
        File.WriteAllText(In("serial"), "01\n");
        Run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", In("root.key"), "-out", In("root.crt"), "-days", "30", "-subj", "/CN=Test Root");
        Run("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", In("tsa.key"), "-out", In("tsa.csr"), "-subj", "/CN=Test Time-Stamp Authority");
        Run("x509", "-req", "-in", In("tsa.csr"), "-CA", In("root.crt"), "-CAkey", In("root.key"), "-CAcreateserial", "-out", In("tsa.crt"), "-days", "30", "-extfile", In("ext.cnf"));
    }

    public X509Certificate2Collection Roots
    {
        get
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(In("root.crt"));
            return roots;
        }
    }

    /// <summary>The authority's answer to a question.</summary>
    public byte[] Answer(byte[] query)
    {
        File.WriteAllBytes(In("query.tsq"), query);
        Run("ts", "-reply", "-config", In("tsa.cnf"), "-queryfile", In("query.tsq"), "-out", In("answer.tsr"));
        return File.ReadAllBytes(In("answer.tsr"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    private void Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"openssl {arguments[0]}: {errors}");
    }
}
